using System.Collections.Immutable;
using System.Text.Json;

namespace ExplainLsp.Samples;

/// <summary>
/// Reads <c>preprocessor_config.json</c> as transformers does: image processors and the feature extractors before them, sizes as a number, a
/// pair, <c>height</c> and <c>width</c> or <c>shortest_edge</c>, <c>crop_pct</c>, and the defaults of each class for what the file leaves out.
/// </summary>
internal static class HuggingFacePreprocessing
{
    public static ImagePreprocessing Read(string path, InputSpec input)
    {
        var origin = Path.GetFileName(path);
        try
        {
            using var document = JsonDocument.Parse(BinaryFile.Read(path, "preprocessing", CancellationToken.None), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("image_processor", out var inner) && inner.ValueKind == JsonValueKind.Object)
                root = inner;
            if (root.ValueKind != JsonValueKind.Object)
                throw new SampleException($"{origin} is not a preprocessing: it must be one JSON object. Write it again.");
            return Of(new ProcessorJson(root, origin), InputForm.Of(input));
        }
        catch (JsonException e)
        {
            throw new SampleException($"{origin} is not JSON (line {e.LineNumber + 1}). Fix it there.", e);
        }
    }

    private static ImagePreprocessing Of(ProcessorJson json, InputForm form)
    {
        var family = ProcessorFamily.Of(json.Text("image_processor_type") ?? json.Text("feature_extractor_type"));
        if (family is null && !json.Has("size") && !json.Has("image_mean") && !json.Has("rescale_factor") && !json.Has("do_resize") && !json.Has("do_rescale"))
            throw new SampleException($"{json.Origin} says nothing about images. Add size, image_mean and image_std, or preprocessing to explain.json.");
        var preprocessing = Sized(json, family) with
        {
            Origin = json.Origin,
            Order = Order(json, family, form),
            Layout = Layout(json, form),
        };
        return Normalised(json, family, Rescaled(json, preprocessing));
    }

    private static ImagePreprocessing Sized(ProcessorJson json, ProcessorFamily? family)
    {
        var sized = new ImagePreprocessing { Filter = json.Filter() ?? family?.Filter ?? ResampleFilter.Bilinear };
        var crop = json.Size("crop_size") ?? (family is null ? null : Square(family.Crop ?? family.CropOff));
        if (crop is { IsEdge: true, Height: var side })
            crop = new ProcessorSize(side, side, false, null);
        var size = json.Size("size", family?.ByEdge ?? false) ?? (family is null ? null : new ProcessorSize(family.Size, family.Size, family.ByEdge, null));
        if (json.Flag("do_resize") ?? (size is not null))
        {
            if (size is null)
                throw new SampleException($"{json.Origin} asks for a resize (do_resize) and has no size. Add size.");
            sized = Resized(sized, size, json.Number("crop_pct") ?? family?.CropShare, family, ref crop);
        }
        var crops = json.Flag("do_center_crop") ?? (family is null ? json.Has("crop_size") : family.Crop is not null);
        if (crops && crop is null)
            throw new SampleException($"{json.Origin} asks for a crop (do_center_crop) and has no crop_size. Add crop_size.");
        if (crops || family is { WarpsFrom: not null })
            sized = sized with { CropHeight = crop?.Height, CropWidth = crop?.Width };
        return sized;
    }

    private static ImagePreprocessing Resized(ImagePreprocessing sized, ProcessorSize size, double? share, ProcessorFamily? family, ref ProcessorSize? crop)
    {
        var edge = size.Height;
        if (family?.WarpsFrom is { } warps && size.IsEdge)
        {
            crop = edge < warps ? new ProcessorSize(edge, edge, false, null) : null;
            return edge < warps
                ? sized with { Resize = ResizeMode.ShortestEdge, Height = (int)(edge / (share ?? 1)), Width = (int)(edge / (share ?? 1)) }
                : sized with { Resize = ResizeMode.Exact, Height = edge, Width = edge };
        }
        if (!size.IsEdge)
        {
            return sized with
            {
                Resize = ResizeMode.Exact,
                Height = share is { } part ? (int)(size.Height / part) : size.Height,
                Width = share is { } same ? (int)(size.Width / same) : size.Width,
            };
        }
        edge = share is { } kept ? (int)(edge / kept) : (int)(edge * (family?.EdgeTimes ?? 1));
        return sized with { Resize = ResizeMode.ShortestEdge, Height = edge, Width = edge, LongestEdge = size.Longest };
    }

    private static ImagePreprocessing Rescaled(ProcessorJson json, ImagePreprocessing preprocessing) =>
        !(json.Flag("do_rescale") ?? true)
            ? preprocessing with { Scale = 1 }
            : preprocessing with { Scale = json.Number("rescale_factor") ?? (1 / 255d), Offset = json.Flag("rescale_offset") == true ? -1 : 0 };

    private static ImagePreprocessing Normalised(ProcessorJson json, ProcessorFamily? family, ImagePreprocessing preprocessing)
    {
        if (!(json.Flag("do_normalize") ?? family?.Normalises ?? json.Has("image_mean")))
            return preprocessing;
        var (mean, deviation) = (json.Numbers("image_mean") ?? family?.Mean, json.Numbers("image_std") ?? family?.Deviation);
        if (mean is null || deviation is null)
            throw new SampleException($"{json.Origin} asks for a normalisation (do_normalize) and has no {(mean is null ? "image_mean" : "image_std")}. Add it.");
        var (means, deviations) = (Collapsed(mean.Value, preprocessing.Channels), Collapsed(deviation.Value, preprocessing.Channels));
        if (family?.NormalisesTwice == true && (json.Flag("include_top") ?? true))
        {
            // (x − m) / s, and then / s once more, as EfficientNetImageProcessor does for models with their classifier.
            deviations = [.. deviations.Select(number => number * number)];
        }
        return preprocessing with { Mean = means, Deviation = deviations };
    }

    /// <summary>Three equal numbers serve one channel as well.</summary>
    private static ImmutableArray<double> Collapsed(ImmutableArray<double> numbers, int channels) =>
        channels == 1 && numbers.Length > 1 && numbers.All(number => number == numbers[0]) ? [numbers[0]] : numbers;

    private static ChannelOrder Order(ProcessorJson json, ProcessorFamily? family, InputForm form)
    {
        var channels = (int?)json.Number("num_channels")
            ?? (json.Flag("do_grayscale") == true ? 1 : form.Channels > 0 ? form.Channels : json.Numbers("image_mean") is { Length: 1 } ? 1 : 3);
        return channels switch
        {
            1 => ChannelOrder.Grey,
            3 => json.Flag("do_flip_channel_order") ?? family?.FlipsChannels ?? false ? ChannelOrder.Bgr : ChannelOrder.Rgb,
            _ => throw new SampleException($"{json.Origin} and the input {form.Name} want {channels} channels; a picture has 1 (grey) or 3 (red, green, blue). Name a tensor file (.npy) instead."),
        };
    }

    private static GridLayout Layout(ProcessorJson json, InputForm form) => json.Text("data_format") switch
    {
        "channels_first" => GridLayout.ChannelsFirst,
        "channels_last" => GridLayout.ChannelsLast,
        null => form.Layout,
        var other => throw new SampleException($"{json.Origin} has data_format {other}. Write channels_first or channels_last."),
    };

    private static ProcessorSize? Square(int? side) => side is { } length ? new ProcessorSize(length, length, false, null) : null;
}
