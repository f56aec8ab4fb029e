using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>A rule that holds the prediction (Ribeiro et al. 2018): while its conditions hold, the model says the same of nearly all samples.</summary>
/// <param name="Conditions">All of them hold for the explained row; in the order in which they were found. None when the model says the same of everything.</param>
/// <param name="Precision">Share of samples under the rule with the same prediction, 0 to 1, on fresh samples.</param>
/// <param name="PrecisionLow">Lower 95 % bound of it.</param>
/// <param name="PrecisionHigh">Upper 95 % bound of it.</param>
/// <param name="Coverage">Share of the background's rows to which the rule applies, 0 to 1.</param>
public sealed record AnchorRule(
    ImmutableArray<AnchorCondition> Conditions, double Precision, double PrecisionLow, double PrecisionHigh, double Coverage);

/// <summary>A condition on one column.</summary>
/// <param name="Feature">The column.</param>
/// <param name="Category">The text it must be; null for numbers.</param>
/// <param name="Above">The number it must exceed; null for no lower bound.</param>
/// <param name="AtMost">The number it must not exceed; null for no upper bound.</param>
/// <param name="Text">In words: <c>37 &lt; age &lt;= 48</c>, <c>sex = Male</c>.</param>
public sealed record AnchorCondition(string Feature, string? Category, double? Above, double? AtMost, string Text);
