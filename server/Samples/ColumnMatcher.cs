using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>
/// Finds the columns for a model's inputs. Inputs of one column take the column of their name. Wider inputs take columns numbered like
/// them (<c>x_0 x_1 …</c>), else the columns that are left, when their count is the input's width; texts never go into numeric inputs.
/// </summary>
internal sealed class ColumnMatcher(
    Table table, IReadOnlyList<InputSpec> inputs, IReadOnlyCollection<string> exclude, bool guessTarget, IReadOnlyCollection<string> targetNames)
{
    // Rows that tell numeric columns from text.
    private const int RowsLookedAt = 200;

    private readonly bool[] taken = [.. table.Header.Select(exclude.Contains)];
    private readonly int[]?[] columnsOfInput = new int[inputs.Count][];
    private bool[]? numeric;

    public TableEncoder Bind()
    {
        if (table.Header.IsEmpty)
            throw new SampleException("The file is empty. Add a header line and rows.");
        if (inputs.Count == 0)
            throw new SampleException("The model has no input that a table could feed. Choose another model.");
        foreach (var input in inputs)
        {
            if (input.RowShape.Count > 1 && input.RowShape.Count(dimension => dimension != 1) > 1)
                throw new SampleException($"The model's input {input.Name} takes {string.Join(" × ", input.RowShape)} values a row, not columns of a table. Choose another model.");
        }
        TakeByName();
        var byName = columnsOfInput.All(columns => columns is not null);
        TakeByCount();
        return Encoder(byName);
    }

    /// <summary>Columns that one row of an input takes; −1 where the model leaves it open.</summary>
    private int Width(int input)
    {
        if (inputs[input].RowShape.Any(dimension => dimension < 0))
            return inputs.Count == 1 ? -1 : 1;
        return inputs[input].RowShape.Aggregate(1, (product, dimension) => product * dimension);
    }

    private void TakeByName()
    {
        for (var input = 0; input < inputs.Count; input++)
        {
            var width = Width(input);
            var columns = width == 1
                ? Named(inputs[input].Name) is { } column ? [column] : null
                : width > 1 ? Numbered(inputs[input].Name, width) : null;
            if (columns is null)
                continue;
            columnsOfInput[input] = columns;
            foreach (var taking in columns)
                taken[taking] = true;
        }
    }

    private int? Named(string name)
    {
        var exact = Free(column => table.Header[column] == name);
        if (exact.Length > 0)
            return One(exact, name);
        var normal = ColumnNames.Normalise(name);
        return normal.Length == 0 ? null : One(Free(column => ColumnNames.Normalise(table.Header[column]) == normal), name);
    }

    private int? One(int[] columns, string name) => columns switch
    {
        [] => null,
        [var column] => column,
        _ => throw new SampleException(
            $"The model's input {name} could be any of the columns {string.Join(", ", columns.Select(c => $"\"{table.Header[c]}\""))}{table.Where(-1)}. Rename or ignore all but one."),
    };

    private int[]? Numbered(string name, int width)
    {
        var normal = ColumnNames.Normalise(name);
        foreach (var first in (ReadOnlySpan<int>)[0, 1])
        {
            var columns = Enumerable.Range(first, width)
                .Select(number => Free(column => ColumnNames.Normalise(table.Header[column]) == $"{normal}{number}"))
                .ToArray();
            if (columns.All(found => found.Length == 1))
                return [.. columns.Select(found => found[0])];
        }
        return null;
    }

    private void TakeByCount()
    {
        var open = Enumerable.Range(0, inputs.Count).Where(input => columnsOfInput[input] is null).ToArray();
        if (open.Length == 0)
            return;
        // An input of one column among several is known by its name only: any other way would be a guess.
        if (inputs.Count > 1 && Array.Find(open, input => Width(input) == 1) is var missing && open.Any(input => Width(input) == 1))
            throw new SampleException(NoColumn(missing));
        foreach (var kind in open.GroupBy(input => inputs[input].ElementType == typeof(string)))
        {
            if (kind.Count() > 1)
            {
                throw new SampleException(
                    $"The model's inputs {string.Join(" and ", kind.Select(input => inputs[input].Name))} take several columns each, and the header does not say which. " +
                    $"Name the columns {inputs[kind.First()].Name}_0, {inputs[kind.First()].Name}_1 and so on.");
            }
            var only = kind.Single();
            // Several inputs share the columns by kind; a text input alone takes them all.
            var candidates = Free(column => kind.Key ? open.Length == 1 || !IsNumeric(column) : IsNumeric(column));
            var columns = Fit(candidates, Width(only)) ?? throw new SampleException(WrongCount(only, candidates.Length));
            columnsOfInput[only] = columns;
            foreach (var column in columns)
                taken[column] = true;
        }
    }

    /// <summary>The candidates, if need be without a row number and without the target, when as many are left as are wanted.</summary>
    private int[]? Fit(int[] candidates, int width)
    {
        int[] indices = Array.FindAll(candidates, column => ColumnNames.IsIndex(table.Header[column]));
        int[] labels = guessTarget ? Array.FindAll(candidates, column => ColumnNames.IsLabel(table.Header[column], targetNames)) : [];
        if (width < 0)
        {
            // The model takes any number of columns: only what is surely no feature is left out.
            var features = candidates.Except(labels.Length == 1 ? labels : []).ToArray();
            return features.Length > 0 ? features : null;
        }
        if (candidates.Length == width)
            return candidates;
        int? index = indices is [var lone] ? lone : null;
        int? target = labels is [var label] ? label : null;
        int? last = guessTarget && candidates.Length > 0 && labels.Length == 0 && candidates[^1] == table.Header.Length - 1 ? candidates[^1] : null;
        int?[][] leavingOut = [[target], [index], [last], [index, target], [index, last]];
        foreach (var leaving in leavingOut)
        {
            if (leaving.All(column => column is not null) && leaving.Distinct().Count() == candidates.Length - width)
                return [.. candidates.Where(column => !leaving.Contains(column))];
        }
        return null;
    }

    private TableEncoder Encoder(bool byName)
    {
        var specs = inputs.Select((input, i) =>
            input with { RowShape = input.RowShape.Select(dimension => dimension < 0 ? columnsOfInput[i]!.Length : dimension).ToImmutableArray() });
        var columns = columnsOfInput
            .SelectMany((found, input) => found!.Select((column, offset) =>
                new FeatureColumn(table.Header[column], column, input, offset, inputs[input].ElementType)))
            .OrderBy(column => column.Column);
        return new TableEncoder([.. columns], [.. specs], byName, table.Header);
    }

    private int[] Free(Func<int, bool> fits) =>
        [.. Enumerable.Range(0, table.Header.Length).Where(column => !taken[column] && fits(column))];

    /// <summary>
    /// Whether a column holds numbers: most of its cells that are looked at. One mistyped cell must not make a feature a text, for then
    /// the target could be taken in its place; the cell itself is refused when its row is encoded.
    /// </summary>
    private bool IsNumeric(int column)
    {
        if (table.IsNumeric(column) is { } told)
            return told;
        numeric ??= LookAtRows();
        return numeric[column];
    }

    private bool[] LookAtRows()
    {
        var balance = new int[table.Header.Length];
        foreach (var row in RowSelection.EvenSpread(table.RowCount, RowsLookedAt))
        {
            var cells = table.Row(row);
            if (cells.Length != balance.Length)
                continue;
            for (var column = 0; column < balance.Length; column++)
            {
                if (!Cells.IsMissing(cells[column]))
                    balance[column] += Cells.TryNumber(cells[column], out _) ? 1 : -1;
            }
        }
        return [.. balance.Select(count => count >= 0)];
    }

    private string NoColumn(int input)
    {
        var nearest = ColumnNames.Nearest(inputs[input].Name, Free(_ => true).Select(column => table.Header[column]));
        var hint = nearest is null ? "Add the column, or choose another model" : $"Did you mean the column \"{nearest}\"? Rename it, or choose another model";
        return $"The model's input {inputs[input].Name} has no column in the header{table.Where(-1)}. {hint}.";
    }

    private string WrongCount(int input, int candidates)
    {
        var text = inputs[input].ElementType == typeof(string);
        var kind = text ? "" : "numeric ";
        return Width(input) < 0
            ? $"The model's input {inputs[input].Name} takes {kind}columns, and the file has none. Choose another model."
            : $"The model's input {inputs[input].Name} takes {Width(input)} {kind}columns, the file has {candidates}. " +
              "Choose another model, or name the target and ignored columns in explain.json.";
    }
}
