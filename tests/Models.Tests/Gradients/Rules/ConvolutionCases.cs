namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Convolutions of one to three dimensions, with weights that are constant or computed.</summary>
internal sealed class ConvolutionCases : IGradientCases
{
    // Shape of the input, of the weights, attributes.
    private static readonly (long[] Input, long[] Weights, (string, object)[] Attributes)[] Convolutions =
    [
        ([2, 3, 7, 6], [4, 3, 3, 2], [("pads", (long[])[1, 0, 2, 1])]),
        ([2, 3, 7, 6], [4, 3, 3, 2], [("pads", (long[])[1, 0, 2, 1]), ("strides", (long[])[2, 3])]),
        ([2, 4, 9, 8], [6, 2, 3, 3], [("pads", (long[])[2, 1, 0, 3]), ("strides", (long[])[2, 1]), ("group", 2), ("dilations", (long[])[2, 2])]),
        ([1, 32, 5, 4], [16, 32, 3, 3], [("pads", (long[])[1, 1, 1, 1])]),
        ([1, 32, 6, 5], [4, 16, 3, 3], [("pads", (long[])[1, 0, 2, 1]), ("group", 2), ("dilations", (long[])[1, 2])]),
        ([1, 16, 4, 5], [16, 1, 3, 3], [("pads", (long[])[1, 1, 1, 1]), ("group", 16)]),
        ([1, 4, 5, 5], [8, 1, 3, 3], [("pads", (long[])[0, 1, 1, 0]), ("group", 4), ("strides", (long[])[3, 2])]),
        ([2, 3, 8, 7], [4, 3, 3, 3], [("auto_pad", "SAME_UPPER"), ("strides", (long[])[2, 2])]),
        ([2, 3, 8, 7], [4, 3, 2, 4], [("auto_pad", "SAME_LOWER"), ("strides", (long[])[2, 3])]),
        ([2, 3, 8, 7], [4, 3, 3, 3], [("auto_pad", "VALID"), ("strides", (long[])[3, 2])]),
        ([1, 3, 4, 5], [4, 3, 1, 1], [("strides", (long[])[2, 2])]),
        ([1, 16, 3, 3], [2, 16, 1, 1], [("pads", (long[])[1, 1, 1, 1])]),
        ([1, 2, 3, 1], [2, 2, 3, 1], [("pads", (long[])[1, 0, 1, 0])]),
        ([2, 2, 11], [3, 2, 4], [("strides", (long[])[3]), ("pads", (long[])[1, 2])]),
        ([2, 16, 9], [3, 16, 4], [("pads", (long[])[1, 2]), ("dilations", (long[])[2])]),
        ([1, 2, 5, 4, 6], [4, 1, 2, 3, 2], [("strides", (long[])[2, 1, 3]), ("group", 2), ("pads", (long[])[1, 0, 1, 0, 2, 1])]),
        ([1, 16, 2, 3, 2], [2, 16, 2, 2, 1], [("pads", (long[])[1, 0, 0, 0, 1, 0])]),
    ];

    private static readonly (long[] Input, long[] Weights, (string, object)[] Attributes)[] Transposed =
    [
        ([2, 3, 4, 5], [3, 2, 3, 3], [("strides", (long[])[2, 3]), ("pads", (long[])[1, 0, 2, 1])]),
        ([2, 4, 4, 3], [4, 3, 3, 2], [("strides", (long[])[2, 2]), ("group", 2), ("output_padding", (long[])[1, 1]), ("dilations", (long[])[2, 1])]),
        ([1, 2, 4, 3], [2, 3, 3, 3], [("strides", (long[])[2, 2]), ("output_shape", (long[])[8, 6])]),
        ([1, 2, 4, 3], [2, 3, 3, 3], [("strides", (long[])[2, 2]), ("output_shape", (long[])[8, 6]), ("auto_pad", "SAME_UPPER")]),
        ([1, 2, 4, 3], [2, 3, 3, 3], [("strides", (long[])[2, 2]), ("auto_pad", "SAME_LOWER")]),
        ([1, 2, 4, 3], [2, 3, 3, 3], [("strides", (long[])[2, 3]), ("auto_pad", "SAME_UPPER")]),
        ([2, 2, 6], [2, 3, 4], [("strides", (long[])[3]), ("pads", (long[])[1, 2]), ("output_padding", (long[])[2])]),
        ([1, 2, 3, 2, 4], [2, 2, 2, 3, 2], [("strides", (long[])[2, 1, 3]), ("pads", (long[])[1, 0, 1, 0, 2, 1])]),
    ];

    public IEnumerable<GradientCase> Cases() =>
        Of("Conv", [7, 11, 22], Convolutions, weights => weights[0]).Concat(
            Of("ConvTranspose", [7, 11, 22], Transposed, weights => weights[1]));

    private static IEnumerable<GradientCase> Of(
        string type, int[] opsets, (long[] Input, long[] Weights, (string Name, object Value)[] Attributes)[] all, Func<long[], long> channels)
    {
        foreach (var (input, weights, attributes) in all)
        {
            var name = $"{string.Join('×', input)} by {string.Join('×', weights)}, {Given.Named(attributes)}";
            foreach (var opset in opsets)
            {
                var constant = new GradientCase(type, opset, name).Input("x", input).Weights("w", weights, Given.Wave(weights))
                    .Node(type, ["x", "w"], ["y"], Given.Attributes(attributes));
                yield return Automatic(attributes) ? constant.NeedsShapes() : constant;
            }

            var group = attributes.Where(attribute => attribute.Name == "group").Select(attribute => (int)attribute.Value).FirstOrDefault(1);
            var bias = channels(weights) * (type == "Conv" ? 1 : group);
            yield return new GradientCase(type, 13, $"all computed, {name}").Input("x", input).Input("w", weights).Input("b", [bias])
                .Node(type, ["x", "w", "b"], ["y"], Given.Attributes(attributes)).NeedsShapes();
        }
    }

    private static bool Automatic((string Name, object Value)[] attributes) =>
        attributes.Any(attribute => attribute is { Name: "auto_pad", Value: "SAME_UPPER" or "SAME_LOWER" } or { Name: "output_shape" });
}
