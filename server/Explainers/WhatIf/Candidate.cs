namespace ExplainLsp.Explainers.WhatIf;

/// <summary>A changed row: the cells that differ from the explained one. Immutable.</summary>
/// <param name="Cells">One entry a column; null where the row keeps its own.</param>
/// <param name="Cost">Distance from the explained row.</param>
internal sealed record Candidate(Cell?[] Cells, double Cost)
{
    /// <summary>The columns that are changed, ascending.</summary>
    public IEnumerable<int> Changed => Enumerable.Range(0, Cells.Length).Where(column => Cells[column] is not null);

    /// <summary>The row without any change.</summary>
    public static Candidate Unchanged(int columns) => new(new Cell?[columns], 0);

    /// <summary>A copy with one cell changed, or with its own again.</summary>
    public Candidate With(int column, Cell? cell, IReadOnlyList<ColumnFreedom> freedoms)
    {
        Cell?[] cells = [.. Cells];
        cells[column] = cell;
        double cost = 0;
        for (int i = 0; i < cells.Length; i++)
            cost += cells[i] is { } changed ? freedoms[i].Cost(changed) : 0;
        return new Candidate(cells, cost);
    }
}
