using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;

namespace ExplainLsp.Server.Engine;

/// <summary>Rules in words, changed cells, rows that resemble and rows that were picked, as tables; nothing for methods without them.</summary>
internal static class RuleTables
{
    /// <summary>A rule in words, and how far it can be trusted.</summary>
    public static IEnumerable<string> Words(AnchorRule anchor, SamplePrediction prediction)
    {
        var answer = Figures.Words.OneLine(prediction.Name);
        yield return anchor.Conditions.IsEmpty
            ? $"The model says {answer} of nearly every row"
            : $"If {string.Join(" and ", anchor.Conditions.Select(condition => Figures.Words.OneLine(condition.Text)))}, the model says {answer}";
        yield return $"True of {NumberText.ProbabilityInterval(anchor.Precision, anchor.PrecisionLow, anchor.PrecisionHigh)} of fresh samples under the rule (95 % interval)"
            + $" · it applies to {NumberText.Probability(anchor.Coverage)} of the background's rows";
    }

    /// <summary>Counterfactuals, one line a changed cell, and neighbours, one line each.</summary>
    public static IEnumerable<ReportTable> Of(ExplanationReport report)
    {
        var explanation = report.Explanation;
        if (!explanation.Counterfactuals.IsEmpty)
        {
            yield return new ReportTable(
                "Changes that turn the answer",
                [new("#", true), new("Column", false), new("From", true), new("To", true), new("The model says", false), new("Distance", true), new("Plausibility", true)],
                [.. explanation.Counterfactuals.SelectMany((counterfactual, number) => counterfactual.Changes.Select((change, at) => (ImmutableArray<string>)
                [
                    at == 0 ? Whole(number + 1) : "", Figures.Words.OneLine(change.Feature), NumberText.DataValue(change.From), NumberText.DataValue(change.To),
                    .. at == 0 ? [$"{Figures.Words.OneLine(counterfactual.PredictedName)} ({Target(report, counterfactual.PredictedValue)})", Two(counterfactual.Distance), Two(counterfactual.Plausibility)] : (string[])["", "", ""],
                ]))]);
        }

        if (!explanation.Neighbours.IsEmpty)
        {
            yield return new ReportTable(
                $"Rows like this one, of {Figures.Words.OneLine(explanation.Background ?? "the background")}",
                [new("Row", true), new("The model says", false), new("", false), new("Distance", true)],
                [.. explanation.Neighbours.Select(neighbour => (ImmutableArray<string>)
                [
                    Whole(neighbour.Row), $"{Figures.Words.OneLine(neighbour.PredictedName)} ({Target(report, neighbour.PredictedValue)})",
                    neighbour.SamePrediction ? "example" : "counter-example", Two(neighbour.Distance),
                ])]);
        }
    }

    /// <summary>The rows that LIME's submodular pick chose, with their strongest columns.</summary>
    public static IEnumerable<ReportTable> Picked(ExplanationReport report)
    {
        // What fits into a terminal.
        const int Strongest = 2;
        if (report.Explanation is not { Method: "submodular-pick", Samples: { } samples })
        {
            yield break;
        }

        var columns = samples.Features.Length;
        var format = ContributionFormat.For(report.Scale, samples.Contributions.Select(each => (double)each));
        yield return new ReportTable(
            "Rows that show what the model does",
            [new("Row", true), new(Figures.Words.OneLine(report.Explanation.Target.Name), true), new($"Strongest columns, {Figures.Words.ContributionUnit(report.Explanation.Target, report.Context)}", false)],
            [.. samples.Rows.Select((row, i) => (ImmutableArray<string>)
            [
                Whole(row), NumberText.Value(samples.Predicted[i], report.Scale),
                string.Join(", ", Enumerable.Range(i * columns, columns).OrderByDescending(at => Math.Abs(samples.Contributions[at])).Take(Strongest)
                    .Select(at => $"{Figures.Words.OneLine(samples.Features[at % columns])} {format.WithSign(samples.Contributions[at])}")),
            ])]);
    }

    private static string Target(ExplanationReport report, double value) =>
        $"{Figures.Words.OneLine(report.Explanation.Target.Name)} {NumberText.Value(value, report.Scale)}";

    private static string Two(double number) => NumberText.Fixed(number, 2);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
