using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>
/// Finds the layer of class activation maps by itself: the last convolution with more than one place on the way to the output, or, where
/// a connection goes around it (a residual block, an inception block), the first map behind it that everything passes through. For
/// vision transformers, whose last convolution makes the patches, the last tensor of tokens that everything passes through and whose
/// patches still matter to the output (behind the last attention only the class token may).
/// </summary>
internal sealed class FeatureMapFinder
{
    private const int MostTokenLayers = 12;

    private readonly ImmutableArray<LayerTensor> layers;
    private readonly LayerGraph graph;

    public FeatureMapFinder(ModelSession session, string output, CancellationToken cancellation)
    {
        graph = new LayerGraph(session.File, output);
        layers = [.. session.Layers(cancellation).Where(layer => Layers.IsFloat(layer) && graph.IsOnPath(layer.Name))];
    }

    /// <summary>Whether there is such a layer.</summary>
    public bool HasMap => LastConvolution() is not null || Tokens(null).Length > 0 || LastMap(-1) is not null;

    /// <summary>The layer; null when there is none.</summary>
    /// <param name="patchGradients">For each of some tensors of tokens, whether the output depends on any of its patches.</param>
    public string? Find(Func<ImmutableArray<string>, ImmutableArray<bool>> patchGradients)
    {
        LayerTensor? convolution = LastConvolution();
        ImmutableArray<string> tokens = Tokens(convolution);
        if (tokens.Length > 0)
        {
            ImmutableArray<bool> matter = tokens.Length > 1 ? patchGradients(tokens) : [true];
            return tokens[Math.Max(matter.LastIndexOf(true), 0)];
        }
        if (convolution is null)
            return LastMap(-1)?.Name;
        if (graph.IsCut(convolution.Name))
            return convolution.Name;
        int from = layers.IndexOf(convolution);
        return layers.Skip(from + 1).FirstOrDefault(layer => IsMap(layer, convolution.Shape.Length) && graph.IsCut(layer.Name))?.Name ?? convolution.Name;
    }

    private LayerTensor? LastConvolution() => layers.LastOrDefault(layer =>
        layer.Operator is "Conv" or "ConvTranspose" or "FusedConv" or "DeformConv" && IsMap(layer, layer.Shape.Length));

    private LayerTensor? LastMap(int after) => layers.Skip(after + 1).LastOrDefault(layer => IsMap(layer, 4) && graph.IsCut(layer.Name));

    private static bool IsMap(LayerTensor layer, int rank) =>
        rank >= 3 && layer.Shape.Length == rank && layer.Shape[2..].All(size => size != 0) && layer.Shape[2..].Any(size => size is > 1 or < 0);

    /// <summary>Tensors of tokens behind the convolution that makes the patches, in graph order, the last few.</summary>
    private ImmutableArray<string> Tokens(LayerTensor? patches)
    {
        int places = patches is null ? 0 : patches.Shape[2..].Aggregate(1, (product, size) => Math.Max(product * size, 0));
        int from = patches is null ? -1 : layers.IndexOf(patches);
        if (patches is not null && (places == 0 || patches.Shape.Length != 4))
            return [];
        // With convolutions of their own behind the tokens, maps are the better layer.
        return
        [
            .. layers.Skip(from + 1)
                .Where(layer => layer.Operator is "Add" or "Sum" or "LayerNormalization" or "SkipLayerNormalization" && layer.Shape is [_, > 1, >= 8]
                    && AreTokens(layer.Shape[1], places) && graph.IsCut(layer.Name))
                .Select(layer => layer.Name).TakeLast(MostTokenLayers),
        ];
    }

    /// <summary>Whether so many tokens are the places of the patches, perhaps merged by fours, with up to eight tokens of another kind before them.</summary>
    private static bool AreTokens(int tokens, int places)
    {
        if (places == 0)
            return FeatureMap.Square(tokens) is not null;
        if (tokens >= places && tokens - places <= FeatureMap.MostOtherTokens)
            return true;
        for (int merged = places; merged > 1 && merged % 4 == 0; merged /= 4)
        {
            if (merged / 4 == tokens)
                return true;
        }
        return false;
    }
}
