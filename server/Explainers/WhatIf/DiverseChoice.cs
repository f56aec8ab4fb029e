namespace ExplainLsp.Explainers.WhatIf;

/// <summary>A changed row that the model was asked about as the file would hold it.</summary>
/// <param name="Row">The changed row.</param>
/// <param name="Plausibility">0 to 1.</param>
/// <param name="Class">The class that the model says; 0 for a regression.</param>
/// <param name="Value">The target's value, in the target's space.</param>
internal sealed record Verified(Candidate Row, double Plausibility, int Class, double Value);

/// <summary>
/// Chooses a few changed rows that are small, plausible and unlike each other: the best one, then greedily the one with the largest
/// product of quality and distance from those chosen (max-min diversity, weighed; Mothilal et al. 2020 ask the same of determinants).
/// </summary>
internal static class DiverseChoice
{
    // Rows less like the data than this count as if they were twice as far.
    private const double Implausible = 0.05;

    /// <summary>The choice, nearest first.</summary>
    /// <param name="found">Rows that hold.</param>
    /// <param name="count">How many at most.</param>
    public static List<Verified> Of(IReadOnlyList<Verified> found, int count)
    {
        // One of each kind: the same columns, the same categories.
        List<Verified> rest = [.. found.GroupBy(Kind).Select(group => group.MinBy(Price)!).OrderBy(Price)];
        List<Verified> chosen = [];
        while (chosen.Count < count && rest.Count > 0)
        {
            double least = Price(rest[0]);
            Verified next = chosen.Count == 0 ? rest[0] : rest.MaxBy(candidate => chosen.Min(other => Difference(candidate, other)) * least / Price(candidate))!;
            chosen.Add(next);
            rest.Remove(next);
        }
        return [.. chosen.OrderBy(candidate => candidate.Row.Cost)];
    }

    /// <summary>Distance, and half a unit for each changed cell: two small changes are more to ask than one.</summary>
    private static double Price(Verified candidate) =>
        (candidate.Row.Cost + (0.5 * candidate.Row.Changed.Count())) * (candidate.Plausibility < Implausible ? 2 : 1);

    /// <summary>0 for the same changed columns to 1 for none in common (Jaccard); half a column where both change it otherwise.</summary>
    private static double Difference(Verified a, Verified b)
    {
        int[] either = [.. a.Row.Changed.Union(b.Row.Changed)];
        return either.Average(column => (a.Row.Cells[column], b.Row.Cells[column]) switch
        {
            ({ } left, { } right) => left.Text == right.Text ? 0 : 0.5,
            _ => 1.0,
        });
    }

    private static string Kind(Verified candidate) => string.Join(';', candidate.Row.Changed.Select(column =>
        candidate.Row.Cells[column] is { } cell && double.IsNaN(cell.Number) ? $"{column}={cell.Text}" : $"{column}"));
}
