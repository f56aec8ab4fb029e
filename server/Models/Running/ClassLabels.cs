using System.Collections.Immutable;
using System.Globalization;

namespace ExplainLsp.Models.Running;

/// <summary>The class labels that a node of a classifier carries.</summary>
internal static class ClassLabels
{
    // Three spellings in ONNX-ML: tree ensembles and ZipMap, linear and vector machines, and texts in all of them.
    private static readonly string[] Names = ["classlabels_strings", "classlabels_int64s", "classlabels_ints"];

    public static ImmutableArray<string> Of(ModelNode? node)
    {
        foreach (var attribute in Names.Select(name => node?.Attribute(name)))
        {
            if (attribute is { Texts.IsEmpty: false })
                return attribute.Texts;
            if (attribute is { Integers.IsEmpty: false })
                return [.. attribute.Integers.Select(label => label.ToString(CultureInfo.InvariantCulture))];
        }

        return [];
    }
}
