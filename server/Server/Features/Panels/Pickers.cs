using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What can be chosen in a panel's toolbar, with what is in force.</summary>
internal static class Pickers
{
    private const long MostEvaluations = 1 << 20;

    /// <summary>Of a row's panel.</summary>
    public static PanelPickers OfRow(
        BoundTable table, ExplanationReport report, IReadOnlyList<ILocalExplainer> methods, IReadOnlyList<string> backgrounds, string? background)
    {
        var explanation = report.Explanation;
        return new PanelPickers(
            Targets(table, report, report.Prediction!.IsClassifier ? report.Prediction.Index : null),
            [.. methods.Select(method => new PanelChoice(method.Id, method.Title, method.Id == explanation.Method))],
            Spaces(table, report),
            Backgrounds(table, backgrounds, background),
            Evaluations(explanation),
            []);
    }

    /// <summary>Of a file's panel.</summary>
    public static PanelPickers OfTable(
        BoundTable table, ExplanationReport report, GlobalView view, string? feature, IReadOnlyList<string> backgrounds, string? background)
    {
        var explanation = report.Explanation;
        return new PanelPickers(
            Targets(table, report, null),
            [.. ExplainerCatalog.Global.Where(method => view.Methods.Contains(method.Id)).Select(method => new PanelChoice(method.Id, method.Title, method.Id == explanation.Method))],
            explanation.Method == "permutation-importance" ? [] : Spaces(table, report),
            explanation.Background is null ? [] : Backgrounds(table, backgrounds, background),
            Evaluations(explanation),
            view.IsAboutAColumn
                ?
                [
                    .. view.ShowsAllColumns ? [new PanelChoice("", "all columns", feature is null)] : Array.Empty<PanelChoice>(),
                    .. table.Binding.Encoder.Columns.Select(column => new PanelChoice(column.Name, Figures.Words.OneLine(column.Name), column.Name == feature)),
                ]
                : []);
    }

    private static IReadOnlyList<PanelChoice> Targets(BoundTable table, ExplanationReport report, int? predicted)
    {
        var names = report.Prediction?.Names ?? table.Binding.ClassNames;
        return names.Length < 2 ? [] :
        [
            .. names.Select((name, index) => new PanelChoice(
                index.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Figures.Words.OneLine(name) + (index == predicted ? " (predicted)" : ""),
                index == report.Explanation.Target.Index)),
        ];
    }

    private static IReadOnlyList<PanelChoice> Spaces(BoundTable table, ExplanationReport report)
    {
        if (table.Binding.Output.Kind == OutputKind.Value)
        {
            return [];
        }

        var raw = table.Binding.Output.Kind == OutputKind.Probabilities ? "log-odds" : "logit";
        var inProbability = report.Explanation.Target.Space == TargetSpace.Probability;
        return [new PanelChoice("probability", "probability", inProbability), new PanelChoice("raw", raw, !inProbability)];
    }

    private static IReadOnlyList<PanelChoice> Backgrounds(BoundTable table, IReadOnlyList<string> paths, string? chosen)
    {
        var inForce = chosen ?? table.Binding.BackgroundPath ?? table.Samples.Path;
        return [.. paths.Select(path => new PanelChoice(path, Path.GetFileName(path), path == inForce))];
    }

    private static PanelNumber? Evaluations(Explanation explanation) =>
        explanation.Options.TryGetValue("evaluations", out var value)
            ? new PanelNumber(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture), 2, MostEvaluations)
            : null;
}
