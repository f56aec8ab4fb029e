using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Tables;

/// <summary>Columns that are taken together, as one-hot columns of one category are.</summary>
/// <param name="Name">Their names joined: <c>age + sex</c>; a column alone has its own.</param>
/// <param name="Columns">Their numbers, the first one naming the group's random stream.</param>
internal sealed record ColumnGroup(string Name, ImmutableArray<int> Columns)
{
    /// <summary>The option <c>groups</c>.</summary>
    public static ExplainerOption Option { get; } = new(
        "groups", null, "Columns taken together, joined by +, groups separated by commas: age+sex,education+occupation. Columns not named stand alone.");

    /// <summary>The groups that the option names, each in the place of its first column, and the other columns alone.</summary>
    /// <exception cref="ExplainerException">A name that is no column, or a column in two groups.</exception>
    public static ImmutableArray<ColumnGroup> Of(OptionReader options, EncodedTable table)
    {
        var groupOf = new Dictionary<int, ColumnGroup>();
        foreach (string text in options.List("groups") ?? [])
        {
            ImmutableArray<int> columns = [.. Names(text, table).Select(name => TableRequest.Column(name, table)).Distinct().Order()];
            var group = new ColumnGroup(string.Join(" + ", columns.Select(column => table.Encoder.Columns[column].Name)), columns);
            foreach (int column in columns)
            {
                if (!groupOf.TryAdd(column, group))
                    throw new ExplainerException($"Column \"{table.Encoder.Columns[column].Name}\" is in two groups. Name each column once.");
            }
        }
        return [.. Enumerable.Range(0, table.ColumnCount)
            .Select(column => groupOf.GetValueOrDefault(column) ?? new ColumnGroup(table.Encoder.Columns[column].Name, [column]))
            .DistinctBy(group => group.Columns[0])];
    }

    /// <summary>A name may itself hold a plus.</summary>
    private static string[] Names(string text, EncodedTable table) => table.Encoder.Columns.Any(column => column.Name == text)
        ? [text]
        : text.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
