using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Pipelines;

namespace ExplainLsp.Models;

/// <summary>The categories of an input column that an encoder of the model was trained with.</summary>
/// <param name="Column">The input column, which reaches the encoder as it is written.</param>
/// <param name="Operator">The encoder.</param>
/// <param name="Texts">Categories of a text column; empty for a column of numbers.</param>
/// <param name="Integers">Categories of a column of whole numbers.</param>
/// <param name="Refuses">Whether the model fails on any other category; else it encodes it as none of them.</param>
public sealed record KnownCategories(
    InputColumn Column, string Operator, FrozenSet<string> Texts, FrozenSet<long> Integers, bool Refuses)
{
    private static readonly ConditionalWeakTable<ModelFile, StrongBox<ImmutableArray<KnownCategories>>> Read = [];

    /// <summary>The encoded columns of a model; empty where no encoder reads a column as it is written. Kept with the file.</summary>
    /// <exception cref="ModelException">The file is gone.</exception>
    public static ImmutableArray<KnownCategories> Of(ModelFile file) =>
        Read.GetValue(file, file => new StrongBox<ImmutableArray<KnownCategories>>(Find(file))).Value;

    /// <summary>Whether a category is among them.</summary>
    public bool Holds(string text) => Texts.Contains(text);

    /// <inheritdoc cref="Holds(string)"/>
    public bool Holds(long number) => Integers.Contains(number);

    private static ImmutableArray<KnownCategories> Find(ModelFile file)
    {
        if (!file.Nodes.Any(node => IsEncoder(node.Operator)))
            return [];
        var trace = ColumnTrace.Of(file);
        var found = ImmutableArray.CreateBuilder<KnownCategories>();
        foreach (var node in trace.Graph.Model.Graph.Node.Where(node => IsEncoder(node.OpType) && node.Input.Count > 0))
        {
            if (trace.Of(node.Input[0]) is not { IsKnown: true, AsWritten: true } layout)
                continue;
            var texts = Attribute(node, "cats_strings", "keys_strings")?.Strings.Select(text => text.ToStringUtf8()).ToFrozenSet(StringComparer.Ordinal);
            var integers = Attribute(node, "cats_int64s", "keys_int64s")?.Ints.ToFrozenSet();
            if (texts is not { Count: > 0 } && integers is not { Count: > 0 })
                continue;
            var refuses = node.OpType == "OneHotEncoder" && Attribute(node, "zeros")?.I == 0;
            foreach (var origin in layout.Origins)
                found.Add(new KnownCategories(origin[0], node.OpType, texts ?? [], integers ?? [], refuses));
        }

        return found.ToImmutable();
    }

    private static bool IsEncoder(string type) => type is "OneHotEncoder" or "LabelEncoder";

    private static AttributeProto? Attribute(NodeProto node, params ReadOnlySpan<string> names)
    {
        foreach (var attribute in node.Attribute)
        {
            if (names.Contains(attribute.Name))
                return attribute;
        }

        return null;
    }
}
