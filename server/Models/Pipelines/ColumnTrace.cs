using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models.Gradients;
using ExplainLsp.Models.Onnx;
using ExplainLsp.Models.Reading;

namespace ExplainLsp.Models.Pipelines;

/// <summary>
/// Follows a tensor back to the model's inputs, operator by operator, and says which input columns each of its numbers depends on. What is
/// not understood depends on everything that it reads: the answer may name too many columns, never too few.
/// </summary>
internal sealed class ColumnTrace
{
    private const int Deepest = 256;

    private readonly Dictionary<string, ColumnLayout> _known = new(StringComparer.Ordinal);
    private readonly ModelFile _file;
    private int _depth;

    /// <param name="file">The model.</param>
    /// <param name="graph">Its graph, with weights.</param>
    public ColumnTrace(ModelFile file, WorkingGraph graph)
    {
        _file = file;
        Graph = graph;
        for (var i = 0; i < file.Inputs.Length; i++)
            _known[file.Inputs[i].Name] = OfInput(i);
    }

    /// <summary>The graph with its weights.</summary>
    public WorkingGraph Graph { get; }

    /// <summary>The graph of a file.</summary>
    /// <exception cref="ModelException">The file is gone.</exception>
    public static ColumnTrace Of(ModelFile file) =>
        new(file, new WorkingGraph(ModelProto.Parser.ParseFrom(ModelBytes.Of(file)), file.DisplayName, Path.GetDirectoryName(file.Path)!, []));

    /// <summary>The layout of a tensor; empty for constants.</summary>
    public ColumnLayout Of(string tensor)
    {
        if (_known.TryGetValue(tensor, out var known))
            return known;
        if (Graph.Initializer(tensor) is not null || Graph.Writer(tensor) is not { } node || node.OpType == "Constant")
            return _known[tensor] = ConstantOf(tensor);
        if (_depth > Deepest)
            return ColumnLayout.Open(_known.Values.Where(layout => layout.AsWritten));
        _depth++;
        var inputs = node.Input.Select(input => input.Length == 0 ? null : Of(input)).ToArray();
        _depth--;
        for (var i = 0; i < node.Output.Count; i++)
        {
            if (node.Output[i].Length > 0)
                _known[node.Output[i]] = ColumnRules.Apply(new ColumnRules.Call(node, inputs, i, Graph)) ?? ColumnLayout.Open(inputs.OfType<ColumnLayout>());
        }

        return _known[tensor];
    }

    /// <summary>The operator that first brings several columns together, or does what is not understood, on the way to a tensor.</summary>
    public string FirstMixer(string tensor)
    {
        for (var step = 0; step < Deepest && Graph.Writer(tensor) is { } node; step++)
        {
            if (node.Input.FirstOrDefault(input => input.Length > 0 && Mixes(Of(input))) is not { } before)
                return node.OpType;
            tensor = before;
        }

        return "the shape of an input";
    }

    /// <summary>Whether a number of it depends on several columns, or its numbers are not known.</summary>
    public static bool Mixes(ColumnLayout layout) => layout.Sources.Length > 0 && (!layout.IsKnown || layout.Origins.Any(origin => origin.Length != 1));

    private ColumnLayout OfInput(int input)
    {
        var sizes = OnnxTypeName.Sizes(_file.Inputs[input]);
        ImmutableArray<int> shape = [.. sizes.Skip(1)];
        if (sizes.IsEmpty || shape.Any(size => size <= 0))
            return new ColumnLayout(default, [[new InputColumn(input, 0), new InputColumn(input, 1)]], true);
        return new ColumnLayout(
            shape, [.. Enumerable.Range(0, ColumnLayout.Product(shape)).Select(offset => ImmutableArray.Create(new InputColumn(input, offset)))], true);
    }

    /// <summary>A constant that is the same in every row: its shape without a leading one where it stands for the rows.</summary>
    private ColumnLayout ConstantOf(string tensor)
    {
        long[]? shape = Graph.Initializer(tensor) is { } weight ? [.. weight.Dims] : Graph.ValuesOf(tensor)?.Shape;
        if (shape is null)
            return new ColumnLayout([], [[]], false);
        ImmutableArray<int> row = [.. shape.Select(size => (int)Math.Min(size, int.MaxValue))];
        return new ColumnLayout(row, [.. Enumerable.Repeat(ImmutableArray<InputColumn>.Empty, ColumnLayout.Product(row))], false);
    }

    /// <summary>An input column as people know it: <c>age</c>, <c>x[3]</c>.</summary>
    public static string NameOf(ModelFile file, InputColumn column) => file.Inputs[column.Input].Shape is [_, "1"] or [_]
        ? file.Inputs[column.Input].Name
        : string.Create(CultureInfo.InvariantCulture, $"{file.Inputs[column.Input].Name}[{column.Offset}]");
}
