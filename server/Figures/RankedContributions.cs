using System.Collections.Immutable;
using ExplainLsp.Explainers;

namespace ExplainLsp.Figures;

/// <summary>
/// The strongest attributions first, and the rest as one remainder, so that what is shown adds up to what was computed. Ties keep the
/// columns' order; attributions that are not numbers come first, because hiding them would hide a broken model.
/// </summary>
/// <param name="Shown">The strongest, by size.</param>
/// <param name="Indices">Their places among the explanation's attributions.</param>
/// <param name="OtherCount">How many are not shown.</param>
/// <param name="OtherSum">What those add up to, in the target's space.</param>
/// <param name="OtherLargest">The largest size among them.</param>
public sealed record RankedContributions(
    ImmutableArray<Attribution> Shown, ImmutableArray<int> Indices, int OtherCount, double OtherSum, double OtherLargest)
{
    /// <summary>Ranks an explanation's attributions.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="rows">How many to show; one more is shown when it alone would be the remainder.</param>
    public static RankedContributions Of(Explanation explanation, int rows)
    {
        var all = explanation.Attributions;
        var order = Enumerable.Range(0, all.Length)
            .OrderByDescending(index => double.IsNaN(all[index].Contribution) ? double.PositiveInfinity : Math.Abs(all[index].Contribution))
            .ToImmutableArray();
        var shown = all.Length <= rows + 1 ? all.Length : Math.Max(rows, 1);
        var others = order[shown..];
        return new RankedContributions(
            [.. order[..shown].Select(index => all[index])],
            order[..shown],
            others.Length,
            others.Sum(index => all[index].Contribution),
            others.Select(index => Math.Abs(all[index].Contribution)).DefaultIfEmpty(0).Max());
    }
}
