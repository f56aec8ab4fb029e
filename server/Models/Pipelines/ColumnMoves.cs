using System.Collections.Immutable;

namespace ExplainLsp.Models.Pipelines;

/// <summary>What moving, joining, picking and merging numbers does to a <see cref="ColumnLayout"/>. Axes are those of a row.</summary>
internal static class ColumnMoves
{
    /// <summary>The same numbers in another shape; null when they are not as many.</summary>
    public static ColumnLayout? Reshape(ColumnLayout layout, ImmutableArray<int> shape)
    {
        var known = ColumnLayout.Product(shape.Where(size => size >= 0));
        if (shape.Count(size => size < 0) == 1 && known > 0 && layout.Origins.Length % known == 0)
            shape = [.. shape.Select(size => size < 0 ? layout.Origins.Length / known : size)];
        return shape.All(size => size >= 0) && ColumnLayout.Product(shape) == layout.Origins.Length ? layout with { RowShape = shape } : null;
    }

    /// <summary>Some places along an axis.</summary>
    public static ColumnLayout? Select(ColumnLayout layout, int axis, IReadOnlyList<int> places)
    {
        var (outer, size, inner) = layout.Around(axis);
        if (places.Any(place => place < 0 || place >= size))
            return null;
        var origins = ImmutableArray.CreateBuilder<ImmutableArray<InputColumn>>(outer * places.Count * inner);
        for (var o = 0; o < outer; o++)
        {
            foreach (var place in places)
                origins.AddRange(layout.Origins.AsSpan(((o * size) + place) * inner, inner));
        }

        return layout with { RowShape = layout.RowShape.SetItem(axis, places.Count), Origins = origins.MoveToImmutable() };
    }

    /// <summary>Several behind one another along an axis; null when their shapes do not fit.</summary>
    public static ColumnLayout? Join(IReadOnlyList<ColumnLayout> parts, int axis)
    {
        var first = parts[0].RowShape;
        if (parts.Any(part => part.RowShape.Length != first.Length || !part.RowShape.RemoveAt(axis).SequenceEqual(first.RemoveAt(axis))))
            return null;
        var origins = ImmutableArray.CreateBuilder<ImmutableArray<InputColumn>>(parts.Sum(part => part.Origins.Length));
        var outer = parts[0].Around(axis).Outer;
        for (var o = 0; o < outer; o++)
        {
            foreach (var part in parts)
            {
                var length = part.Origins.Length / outer;
                origins.AddRange(part.Origins.AsSpan(o * length, length));
            }
        }

        return new ColumnLayout(
            first.SetItem(axis, parts.Sum(part => part.RowShape[axis])), origins.MoveToImmutable(), parts.All(part => part.AsWritten));
    }

    /// <summary>Axes in another order.</summary>
    public static ColumnLayout Transpose(ColumnLayout layout, IReadOnlyList<int> order)
    {
        ImmutableArray<int> shape = [.. order.Select(axis => layout.RowShape[axis])];
        var strides = Strides(layout.RowShape);
        return layout with { RowShape = shape, Origins = [.. Places(shape, [.. order.Select(axis => strides[axis])]).Select(place => layout.Origins[place])] };
    }

    /// <summary>One number from all those along some axes.</summary>
    public static ColumnLayout Reduce(ColumnLayout layout, IReadOnlyCollection<int> axes, bool keep)
    {
        ImmutableArray<int> kept = [.. layout.RowShape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        var strides = Strides(kept);
        var groups = new List<ImmutableArray<InputColumn>>[ColumnLayout.Product(kept)];
        var targets = Places(layout.RowShape, [.. strides.Select((stride, axis) => axes.Contains(axis) ? 0 : stride)]);
        foreach (var (target, origin) in targets.Zip(layout.Origins))
            (groups[target] ??= []).Add(origin);
        return new ColumnLayout(
            keep ? kept : [.. kept.Where((_, axis) => !axes.Contains(axis))], [.. groups.Select(group => ColumnLayout.Union(group ?? []))], false);
    }

    /// <summary>Number by number, rows of one broadcast to the other's shape; null when they do not fit.</summary>
    public static ColumnLayout? Broadcast(IReadOnlyList<ColumnLayout> operands)
    {
        var rank = operands.Max(operand => operand.RowShape.Length);
        ImmutableArray<int>[] shapes = [.. operands.Select(operand => Enumerable.Repeat(1, rank - operand.RowShape.Length).Concat(operand.RowShape).ToImmutableArray())];
        ImmutableArray<int> shape = [.. Enumerable.Range(0, rank).Select(axis => shapes.Max(each => each[axis]))];
        if (shapes.Any(each => each.Where((size, axis) => size != 1 && size != shape[axis]).Any()))
            return null;
        if (operands is [var only])
            return only with { AsWritten = false };
        var places = shapes.Select(each => Places(shape, [.. Strides(each).Select((stride, axis) => each[axis] == 1 ? 0 : stride)]).ToArray()).ToArray();
        return new ColumnLayout(
            shape,
            [.. Enumerable.Range(0, ColumnLayout.Product(shape)).Select(at =>
                ColumnLayout.Union(operands.Select((operand, k) => operand.Origins[places[k][at]]).Where(origin => !origin.IsEmpty)))],
            false);
    }

    private static ImmutableArray<int> Strides(ImmutableArray<int> shape) =>
        [.. shape.Select((_, axis) => ColumnLayout.Product(shape.Skip(axis + 1)))];

    /// <summary>Where each place of a shape lies, row-major, in memory with these strides.</summary>
    private static IEnumerable<int> Places(ImmutableArray<int> shape, ImmutableArray<int> strides)
    {
        var index = new int[shape.Length];
        for (var left = ColumnLayout.Product(shape); left > 0; left--)
        {
            var place = 0;
            for (var axis = 0; axis < index.Length; axis++)
                place += index[axis] * strides[axis];
            yield return place;
            for (var axis = index.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--)
                index[axis] = 0;
        }
    }
}
