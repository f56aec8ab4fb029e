using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers;

/// <summary>Categories in a table that the model's encoders were not trained with.</summary>
public static class UnseenCategories
{
    /// <summary>One warning a column: what is there, and what the model makes of it.</summary>
    /// <exception cref="ModelException">The model's file is gone.</exception>
    public static ImmutableArray<string> Warnings(ModelFile file, EncodedTable table)
    {
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (KnownCategories known in KnownCategories.Of(file))
        {
            for (int column = 0; column < table.ColumnCount; column++)
            {
                FeatureColumn feature = table.Encoder.Columns[column];
                if (feature.Input == known.Column.Input && feature.Offset == known.Column.Offset && Warning(known, table, column) is { } warning)
                    warnings.Add(warning);
            }
        }
        return warnings.ToImmutable();
    }

    private static string? Warning(KnownCategories known, EncodedTable table, int column)
    {
        int[] unseen = [.. Enumerable.Range(0, table.RowCount).Where(row => !Holds(known, table, row, column))];
        if (unseen.Length == 0)
            return null;
        string name = table.Encoder.Columns[column].Name, text = table.Text(unseen[0], column);
        string what = table.RowCount == 1
            ? $"\"{text}\" in column {name} is no category that the model was trained with."
            : string.Create(CultureInfo.InvariantCulture, $"{unseen.Length:N0} rows hold categories of column {name} that the model was not trained with, the first \"{text}\".");
        return known.Refuses
            ? $"{what} Its {known.Operator} refuses them. Correct the cell, or export the encoder with handle_unknown=\"ignore\"."
            : $"{what} Its {known.Operator} takes them for none of those it knows. Predictions and contributions there are guesses; check the spelling.";
    }

    private static bool Holds(KnownCategories known, EncodedTable table, int row, int column) => table.Encoder.Columns[column].IsNumeric
        ? known.Integers.Count == 0 || (table.Number(row, column) is var number && known.Holds((long)number) && number == Math.Floor(number))
        : known.Texts.Count == 0 || known.Holds(table.Text(row, column));
}
