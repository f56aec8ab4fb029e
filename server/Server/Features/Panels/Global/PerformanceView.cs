using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>Where the model is wrong on the file's labels: true against predicted classes, and the rows with the largest loss.</summary>
internal sealed class PerformanceView() : GlobalView("mistakes", "Mistakes")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["performance"];

    /// <inheritdoc/>
    public override bool Shows(BoundTable table) => table.Binding.TargetColumn is not null;

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var performance = scene.Report.Explanation.Performance!;
        return new GlobalPage("mistakes", Heading(scene, performance), SubLine(scene, performance), performance.Classes.IsEmpty ? "" : "Rows by true and predicted class",
            performance.Classes.IsEmpty ? null : style => ConfusionMatrix.Draw(performance, style), Worst(scene, performance))
        {
            Cards = [new PanelCard("In numbers", "", Metrics(performance), null)],
        };
    }

    /// <summary>"test.csv, 143 labelled rows".</summary>
    public static string SubLine(GlobalScene scene, Performance performance) => $"{scene.Report.Samples.Name}, {NumberText.Whole(performance.Rows)} labelled rows";

    private static string Heading(GlobalScene scene, Performance performance)
    {
        var model = Words.OneLine(scene.Report.ModelName);
        var classes = performance.Classes.Length;
        if (classes == 0)
        {
            return $"How far {model} is from the labels";
        }

        var right = Enumerable.Range(0, classes).Sum(index => performance.Confusion[(index * classes) + index]);
        return $"{model} is wrong in {NumberText.Whole(performance.Rows - right)} of {NumberText.Whole(performance.Rows)} rows";
    }

    private static PanelTable Worst(GlobalScene scene, Performance performance) => new(
        "Worst rows",
        [
            new PanelColumn("row", "Row", false), new PanelColumn("label", "Label", performance.Classes.IsEmpty),
            new PanelColumn("predicted", "Predicted", performance.Classes.IsEmpty),
            new PanelColumn("loss", performance.Classes.IsEmpty ? "Squared error" : "Log loss", true),
        ],
        [.. performance.Worst.Select(worst => RowsShown.Row(scene, worst.Row,
        [
            PanelParts.Value(worst.Truth, performance.Classes.IsEmpty),
            PanelParts.Value(worst.Predicted, performance.Classes.IsEmpty),
            PanelParts.Number(worst.Loss, loss => NumberText.Fixed(loss, 3)),
        ]))],
        "loss");

    private static PanelTable Metrics(Performance performance) => new(
        "In numbers",
        [new PanelColumn("metric", "Metric", false), new PanelColumn("value", "Value", true)],
        [.. performance.Metrics.Select(metric => new PanelRow(metric.Key,
            [new PanelCell(metric.Key.Replace('_', ' '), null), PanelParts.Number(metric.Value, value => NumberText.Fixed(value, 4))]))],
        null);
}
