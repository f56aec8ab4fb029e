using System.Collections.Immutable;

namespace ExplainLsp.Models.Pipelines;

/// <summary>The numbers that a tensor holds for one row, and which input columns each of them depends on.</summary>
/// <param name="RowShape">The shape of a row; default where the number of columns is not known.</param>
/// <param name="Origins">The input columns behind each number, row-major; one entry for all where the shape is not known.</param>
/// <param name="AsWritten">Whether every number is an input column as it was given, only moved.</param>
internal sealed record ColumnLayout(ImmutableArray<int> RowShape, ImmutableArray<ImmutableArray<InputColumn>> Origins, bool AsWritten)
{
    /// <summary>Whether the shape is known.</summary>
    public bool IsKnown => !RowShape.IsDefault;

    /// <summary>All input columns behind it.</summary>
    public ImmutableArray<InputColumn> Sources => Union(Origins);

    /// <summary>A tensor of which only the columns behind it are known.</summary>
    public static ColumnLayout Open(IEnumerable<ColumnLayout> from) => new(default, [Union(from.SelectMany(layout => layout.Origins))], false);

    /// <summary>The distinct columns of several sets, in order.</summary>
    public static ImmutableArray<InputColumn> Union(IEnumerable<ImmutableArray<InputColumn>> sets)
    {
        var distinct = sets.Distinct().Take(2).ToArray();
        return distinct switch
        {
            [] => [],
            [var only] => only,
            _ => [.. sets.SelectMany(set => set).Distinct().OrderBy(column => column.Input).ThenBy(column => column.Offset)],
        };
    }

    /// <summary>Numbers before an axis of the row, along it, and after it.</summary>
    public (int Outer, int Size, int Inner) Around(int axis) =>
        (Product(RowShape.Take(axis)), RowShape[axis], Product(RowShape.Skip(axis + 1)));

    /// <summary>Elements of a shape.</summary>
    public static int Product(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => checked(product * size));
}
