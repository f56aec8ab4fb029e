namespace ExplainLsp.Models.Gradients.Rules;

/// <summary>
/// A linear map along one axis: out[…, i, …] = Σⱼ m[i, j] · in[…, j, …]. The derivative of whatever is linear and treats each axis by itself
/// (resampling, pooling by means) is such a map with the matrix transposed, and exact.
/// </summary>
internal sealed class AxisMatrix(int rows, int columns)
{
    // Elements of a dense matrix: 8 MB in single precision. Longer axes are given sparsely, each row by its few entries.
    private const long LargestDense = 1 << 21;

    private readonly List<(int Column, double Weight)>[] _rows = [.. Enumerable.Range(0, rows).Select(_ => new List<(int, double)>(2))];

    /// <summary>Adds to an element of the matrix.</summary>
    public void Add(long row, long column, double weight)
    {
        if (weight != 0)
            _rows[row].Add(((int)column, weight));
    }

    /// <summary>Whether it changes nothing.</summary>
    public bool IsIdentity =>
        rows == columns && _rows.Index().All(row => row.Item.All(entry => entry.Column == row.Index) && row.Item.Sum(entry => entry.Weight) == 1);

    /// <summary>The nodes that apply it.</summary>
    /// <param name="context">The node whose rule asks.</param>
    /// <param name="tensor">What it is applied to.</param>
    /// <param name="axis">The axis, from the front.</param>
    /// <param name="rank">The rank of the tensor.</param>
    public string Apply(GradientContext context, string tensor, int axis, int rank)
    {
        if ((long)rows * columns > LargestDense)
            return ApplySparse(context, tensor, axis, rank);
        if (axis == rank - 2)
            return context.Add("MatMul", [context.Numbers(Dense(false), [rows, columns], tensor), tensor]);
        var transposed = context.Numbers(Dense(true), [columns, rows], tensor);
        if (axis == rank - 1)
            return context.Add("MatMul", [tensor, transposed]);

        var swap = Enumerable.Range(0, rank).Select(position => (long)position).ToArray();
        (swap[axis], swap[rank - 1]) = (swap[rank - 1], swap[axis]);
        var last = context.Add("Transpose", [tensor], ("perm", swap));
        return context.Add("Transpose", [context.Add("MatMul", [last, transposed])], ("perm", swap));
    }

    // One gather for each entry that the fullest row has.
    private string ApplySparse(GradientContext context, string tensor, int axis, int rank)
    {
        var most = Math.Max(_rows.Max(row => row.Count), 1);
        var shape = Enumerable.Repeat(1L, rank - axis).ToArray();
        shape[0] = rows;
        string? sum = null;
        for (var entry = 0; entry < most; entry++)
        {
            var places = _rows.Select(row => entry < row.Count ? (long)row[entry].Column : 0).ToArray();
            var weights = _rows.Select(row => entry < row.Count ? row[entry].Weight : 0).ToArray();
            var gathered = context.Add("Gather", [tensor, context.Integers(places)], ("axis", (long)axis));
            var part = context.Times(gathered, context.Numbers(weights, shape, tensor));
            sum = sum is null ? part : context.Plus(sum, part);
        }

        return sum!;
    }

    private double[] Dense(bool transposed)
    {
        var dense = new double[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            foreach (var (column, weight) in _rows[row])
                dense[transposed ? (column * rows) + row : (row * columns) + column] += weight;
        }

        return dense;
    }
}
