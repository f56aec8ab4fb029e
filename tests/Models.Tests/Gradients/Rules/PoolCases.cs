namespace ExplainLsp.Models.Tests.Gradients.Rules;

/// <summary>Pools: windows that overlap or leave gaps, pads, dilation, windows that hang over the edge.</summary>
internal sealed class PoolCases : IGradientCases
{
    private static readonly (long[] Input, (string Name, object Value)[] Attributes)[] Plain =
    [
        ([2, 2, 8, 7], [("kernel_shape", (long[])[2, 2]), ("strides", (long[])[2, 2])]),
        ([2, 1, 8, 7], [("kernel_shape", (long[])[3, 2]), ("strides", (long[])[2, 1]), ("pads", (long[])[1, 0, 1, 1])]),
        ([1, 2, 9, 11], [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[3, 3])]),
        ([1, 2, 6, 6], [("kernel_shape", (long[])[3, 3]), ("pads", (long[])[1, 1, 1, 1])]),
        ([1, 2, 8, 7], [("kernel_shape", (long[])[2, 3]), ("strides", (long[])[3, 2])]),
        ([1, 1, 15, 14], [("kernel_shape", (long[])[7, 6]), ("strides", (long[])[2, 3])]),
        ([1, 2, 8, 7], [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("auto_pad", "SAME_UPPER")]),
        ([1, 2, 8, 7], [("kernel_shape", (long[])[3, 2]), ("strides", (long[])[2, 3]), ("auto_pad", "SAME_LOWER")]),
        ([1, 2, 6, 1], [("kernel_shape", (long[])[3, 1]), ("strides", (long[])[2, 1])]),
        ([2, 2, 9], [("kernel_shape", (long[])[3]), ("strides", (long[])[2])]),
        ([1, 2, 5, 4, 6], [("kernel_shape", (long[])[2, 3, 2]), ("strides", (long[])[1, 2, 2]), ("pads", (long[])[0, 1, 0, 1, 1, 0])]),
    ];

    private static readonly (long[] Input, (string Name, object Value)[] Attributes)[] Ceiling =
    [
        ([1, 2, 8, 7], [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("pads", (long[])[1, 1, 1, 1]), ("ceil_mode", 1)]),
        ([1, 2, 8, 7], [("kernel_shape", (long[])[3, 2]), ("strides", (long[])[2, 3]), ("pads", (long[])[1, 0, 1, 1]), ("ceil_mode", 1)]),
        ([1, 2, 10], [("kernel_shape", (long[])[4]), ("strides", (long[])[3]), ("pads", (long[])[1, 2]), ("ceil_mode", 1)]),
    ];

    private static readonly (long[] Input, (string Name, object Value)[] Attributes)[] Dilated =
    [
        ([2, 1, 9, 8], [("kernel_shape", (long[])[3, 2]), ("strides", (long[])[1, 2]), ("dilations", (long[])[2, 3])]),
        ([1, 2, 10, 11], [("kernel_shape", (long[])[3, 3]), ("strides", (long[])[2, 2]), ("dilations", (long[])[3, 3]), ("pads", (long[])[1, 2, 2, 1])]),
    ];

    public IEnumerable<GradientCase> Cases()
    {
        foreach (var (opset, all) in new[] { (8, Plain), (12, [.. Plain, .. Ceiling, .. Dilated]), (22, [.. Plain, .. Ceiling, .. Dilated]) })
        {
            foreach (var (input, attributes) in all)
                yield return Of("MaxPool", opset, input, attributes).WithStep(1.0 / 512);
        }

        foreach (var (opset, all) in new[] { (7, Plain), (11, [.. Plain, .. Ceiling]), (19, [.. Plain, .. Ceiling, .. Dilated]), (22, [.. Plain, .. Ceiling, .. Dilated]) })
        {
            foreach (var (input, attributes) in all)
            {
                var including = Of("AveragePool", opset, input, [.. attributes, ("count_include_pad", 1)]);
                yield return Has(attributes, "ceil_mode") || Automatic(attributes) ? including.NeedsShapes() : including;
                var excluding = Of("AveragePool", opset, input, attributes);
                yield return Has(attributes, "ceil_mode") || Has(attributes, "pads") || Automatic(attributes) ? excluding.NeedsShapes() : excluding;
            }
        }

        foreach (var p in new[] { 1, 2, 3 })
        {
            foreach (var (opset, all) in new[] { (7, Plain), (11, Plain), (18, [.. Plain, .. Ceiling, .. Dilated]), (22, [.. Plain, .. Ceiling, .. Dilated]) })
            {
                foreach (var (input, attributes) in all.Where(which => which.Input.Length < 5))
                {
                    var pool = Of("LpPool", opset, input, [.. attributes, ("p", p)]).WithStep(p == 1 ? 1.0 / 512 : 1.0 / 64);
                    yield return Has(attributes, "ceil_mode") || Automatic(attributes) ? pool.NeedsShapes() : pool;
                }
            }

            yield return Of("GlobalLpPool", 7, [2, 2, 5, 4], [("p", p)]).WithStep(1.0 / 512);
        }

        foreach (var opset in new[] { 7, 22 })
        {
            foreach (var shape in new long[][] { [2, 3, 5, 4], [2, 3, 5], [1, 2, 2, 3, 2], [1, 2, 1, 1] })
            {
                yield return Of("GlobalAveragePool", opset, shape, []);
                yield return Of("GlobalMaxPool", opset, shape, []).WithStep(1.0 / 512);
            }
        }
    }

    private static GradientCase Of(string type, int opset, long[] input, (string Name, object Value)[] attributes) =>
        new GradientCase(type, opset, $"{string.Join('×', input)}, {Given.Named(attributes)}").Input("x", input)
            .Node(type, ["x"], ["y"], Given.Attributes(attributes));

    private static bool Has((string Name, object Value)[] attributes, string name) => attributes.Any(attribute => attribute.Name == name);

    private static bool Automatic((string Name, object Value)[] attributes) => attributes.Any(attribute => attribute is { Name: "auto_pad", Value: not "VALID" });
}
