using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.WhatIf;

/// <summary>A cell that could be: its number (NaN for texts) and its text as the file would write it.</summary>
internal readonly record struct Cell(double Number, string Text);

/// <summary>What a cell of the explained row may become: as seen in the background, within what the user declared.</summary>
internal sealed class ColumnFreedom
{
    private const int MostGridValues = 20;

    private readonly int column;
    private readonly RowDistance distance;
    private readonly bool isNumeric, single;
    private readonly NumberForm? form;
    private readonly double low, high;
    private readonly Dictionary<string, Cell> categories = [];
    private readonly Cell own;

    /// <param name="row">The explained row.</param>
    /// <param name="background">Rows that show what there is.</param>
    /// <param name="column">The column.</param>
    /// <param name="constraint">What the user declared; null for nothing.</param>
    /// <param name="distance">Distances in the background's units.</param>
    public ColumnFreedom(TableRow row, EncodedTable background, int column, ColumnConstraint? constraint, RowDistance distance)
    {
        this.column = column;
        this.distance = distance;
        FeatureColumn feature = background.Encoder.Columns[column];
        ColumnStatistics known = background.Statistics(column);
        isNumeric = feature.IsNumeric;
        single = feature.ElementType == typeof(float);
        own = Read(row.Table, row.Index);
        bool listed = constraint is { Categories.IsEmpty: false };
        bool ranged = constraint is { Minimum: not null } or { Maximum: not null };
        IsNumber = isNumeric && !listed && (ranged || !distance.IsCategory(column)) && feature.ElementType != typeof(bool);
        if (constraint is { Immutable: true })
        {
            Grid = [];
        }
        else if (IsNumber)
        {
            double[] seen = [.. Enumerable.Range(0, background.RowCount).Select(i => Read(background, i).Number).Append(own.Number).Where(double.IsFinite)];
            low = constraint?.Minimum ?? (seen.Length > 0 ? seen.Min() : constraint?.Maximum ?? double.NaN);
            high = constraint?.Maximum ?? (seen.Length > 0 ? seen.Max() : low);
            // One end declared beyond all that is seen: that one value.
            (low, high) = constraint?.Minimum is null ? (Math.Min(low, high), high) : (low, Math.Max(low, high));
            form = NumberForm.Of(Enumerable.Range(0, background.RowCount).Select(i => background.Text(i, column)).Append(own.Text), feature.ElementType);
            Grid = double.IsNaN(low) ? [] : Others(GridOf(known));
        }
        else
        {
            IEnumerable<string> allowed = listed ? constraint!.Categories : known.Categories.Select(category => category.Value);
            foreach (string text in allowed)
            {
                Cell cell = Read(text);
                if (isNumeric == !double.IsNaN(cell.Number) && InRange(cell.Number, constraint))
                    categories.TryAdd(Key(cell), cell);
            }
            Grid = Others(categories.Values);
        }
    }

    /// <summary>Whether it is a number that may take values between those seen.</summary>
    public bool IsNumber { get; }

    /// <summary>Whether it must keep its value.</summary>
    public bool IsFixed => Grid.IsEmpty;

    /// <summary>Values that show what the column can do: all categories, or quantiles and ends of a number; never the row's own.</summary>
    public ImmutableArray<Cell> Grid { get; }

    /// <summary>The allowed cell for a value of another row: a number within the range, a category that is allowed; null where the row keeps its own.</summary>
    public Cell? Allowed(EncodedTable rows, int row)
    {
        if (IsFixed)
            return null;
        Cell wanted = Read(rows, row);
        if (IsNumber)
            return double.IsFinite(wanted.Number) ? Number(wanted.Number) : null;
        return Same(wanted, own) || !categories.TryGetValue(Key(wanted), out Cell cell) ? null : cell;
    }

    /// <summary>The row's own cell.</summary>
    public Cell Own => own;

    /// <summary>The cell half way between two numbers of the column; null where there is none.</summary>
    public Cell? Between(double nearer, double farther)
    {
        double middle = form!.Round(nearer + ((farther - nearer) / 2), low, high);
        return middle == nearer || middle == farther || (middle < nearer) == (middle < farther) ? null : Number(middle);
    }

    /// <summary>The distance of a cell from the row's own.</summary>
    public double Cost(Cell cell) => isNumeric ? distance.Part(column, own.Number, cell.Number) : Same(cell, own) ? 0 : 1;

    private Cell? Number(double number)
    {
        Cell cell = Read(form!.Text(form.Round(number, low, high)));
        return Same(cell, own) ? null : cell;
    }

    private IEnumerable<Cell> GridOf(ColumnStatistics known) =>
        Enumerable.Range(0, MostGridValues).Select(i => known.Quantile((double)i / (MostGridValues - 1)))
            .Where(double.IsFinite).Append(low).Append(high).Select(Number).OfType<Cell>();

    private ImmutableArray<Cell> Others(IEnumerable<Cell> cells) => [.. cells.Where(cell => !Same(cell, own)).DistinctBy(Key)];

    // As the model's own input is rounded, so that equal means the same to the model.
    private double Seen(Cell cell) => single ? (float)cell.Number : cell.Number;

    private bool Same(Cell a, Cell b) => isNumeric ? Seen(a).Equals(Seen(b)) : a.Text == b.Text;

    private string Key(Cell cell) => isNumeric ? Seen(cell).ToString("R", CultureInfo.InvariantCulture) : cell.Text;

    private Cell Read(EncodedTable rows, int row) => Read(rows.Text(row, column));

    private Cell Read(string text) => new(!isNumeric ? double.NaN : text.Trim().ToUpperInvariant() switch
    {
        "TRUE" => 1,
        "FALSE" => 0,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN,
    }, text);

    private static bool InRange(double number, ColumnConstraint? constraint) =>
        double.IsNaN(number) || (!(number < constraint?.Minimum) && !(number > constraint?.Maximum));
}
