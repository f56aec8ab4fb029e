using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>What a Hugging Face image processor does when its configuration leaves something out (the defaults of its class in transformers).</summary>
/// <param name="Name">The class without <c>ImageProcessor</c> or <c>FeatureExtractor</c>, lower case.</param>
/// <param name="Size">The default size: a side of a square, or the shorter edge.</param>
/// <param name="ByEdge">Whether a size of one number is the shorter edge.</param>
/// <param name="Filter">The default filter.</param>
internal sealed record ProcessorFamily(string Name, int Size, bool ByEdge, ResampleFilter Filter)
{
    private static readonly ImmutableArray<double> half = [0.5, 0.5, 0.5];
    private static readonly ImmutableArray<double> imageNetMean = [0.485, 0.456, 0.406];
    private static readonly ImmutableArray<double> imageNetDeviation = [0.229, 0.224, 0.225];
    private static readonly ImmutableArray<double> clipMean = [0.48145466, 0.4578275, 0.40821073];
    private static readonly ImmutableArray<double> clipDeviation = [0.26862954, 0.26130258, 0.27577711];

    private static readonly ImmutableDictionary<string, ProcessorFamily> known = new ProcessorFamily[]
    {
        new("vit", 224, false, ResampleFilter.Bilinear),
        new("vithybrid", 224, true, ResampleFilter.Bicubic) { Crop = 224, Mean = clipMean, Deviation = clipDeviation },
        new("clip", 224, true, ResampleFilter.Bicubic) { Crop = 224, Mean = clipMean, Deviation = clipDeviation },
        new("chineseclip", 224, true, ResampleFilter.Bicubic) { Crop = 224, Mean = clipMean, Deviation = clipDeviation },
        new("bit", 224, true, ResampleFilter.Bicubic) { Crop = 224, Mean = clipMean, Deviation = clipDeviation },
        new("blip", 384, false, ResampleFilter.Bicubic) { Mean = clipMean, Deviation = clipDeviation },
        new("siglip", 224, false, ResampleFilter.Bicubic),
        new("convnext", 384, true, ResampleFilter.Bicubic) { CropShare = 224 / 256d, WarpsFrom = 384 },
        new("deit", 256, false, ResampleFilter.Bicubic) { Crop = 224 },
        new("beit", 256, false, ResampleFilter.Bicubic) { Crop = 224 },
        new("efficientnet", 346, false, ResampleFilter.Nearest) { CropOff = 289, NormalisesTwice = true },
        new("efficientformer", 224, false, ResampleFilter.Bicubic) { Crop = 224, Mean = imageNetMean, Deviation = imageNetDeviation },
        new("levit", 224, true, ResampleFilter.Bicubic) { Crop = 224, EdgeTimes = 256 / 224d, Mean = imageNetMean, Deviation = imageNetDeviation },
        new("poolformer", 224, true, ResampleFilter.Bicubic) { Crop = 224, CropShare = 0.9, Mean = imageNetMean, Deviation = imageNetDeviation },
        new("mobilenetv1", 256, true, ResampleFilter.Bilinear) { Crop = 224 },
        new("mobilenetv2", 256, true, ResampleFilter.Bilinear) { Crop = 224 },
        new("mobilevit", 224, true, ResampleFilter.Bilinear) { Crop = 256, Normalises = false, FlipsChannels = true },
        new("perceiver", 224, false, ResampleFilter.Bicubic) { Crop = 256, Mean = imageNetMean, Deviation = imageNetDeviation },
        new("segformer", 512, false, ResampleFilter.Bilinear) { Mean = imageNetMean, Deviation = imageNetDeviation },
        new("dpt", 384, false, ResampleFilter.Bicubic),
        new("flava", 224, false, ResampleFilter.Bicubic) { Crop = 224, Mean = clipMean, Deviation = clipDeviation },
    }.ToImmutableDictionary(family => family.Name);

    /// <summary>The side that the centre crop keeps by default; null where it does not crop.</summary>
    public int? Crop { get; init; }

    /// <summary>The side that a crop keeps if it is asked for but not sized.</summary>
    public int? CropOff { get; init; }

    /// <summary>The share of the resized edge that the crop keeps; null for none.</summary>
    public double? CropShare { get; init; }

    /// <summary>From this size on a picture is warped to a square instead of cropped; null for never.</summary>
    public int? WarpsFrom { get; init; }

    /// <summary>What the shorter edge is multiplied with (LeViT).</summary>
    public double EdgeTimes { get; init; } = 1;

    /// <summary>Whether mean and deviation are applied.</summary>
    public bool Normalises { get; init; } = true;

    /// <summary>Whether the deviation is divided by twice unless <c>include_top</c> is off.</summary>
    public bool NormalisesTwice { get; init; }

    /// <summary>Whether the model sees BGR.</summary>
    public bool FlipsChannels { get; init; }

    /// <summary>Default means.</summary>
    public ImmutableArray<double> Mean { get; init; } = half;

    /// <summary>Default deviations.</summary>
    public ImmutableArray<double> Deviation { get; init; } = half;

    /// <summary>The family of a class name; null for one that is not known here.</summary>
    public static ProcessorFamily? Of(string? className)
    {
        if (className is null)
            return null;
        var name = className;
        foreach (var suffix in new[] { "Fast", "Pil", "ImageProcessor", "FeatureExtractor" })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
                name = name[..^suffix.Length];
        }
        return known.GetValueOrDefault(name.ToLowerInvariant());
    }
}
