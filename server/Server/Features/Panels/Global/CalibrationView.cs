using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Models;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>Whether a probability means what it says: predicted against observed shares.</summary>
internal sealed class CalibrationView() : GlobalView("calibration", "Calibration")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["performance"];

    /// <inheritdoc/>
    public override bool Shows(BoundTable table) => table.Binding.TargetColumn is not null && table.Binding.Output.Kind != OutputKind.Value;

    /// <inheritdoc/>
    public override GlobalPage Page(GlobalScene scene)
    {
        var performance = scene.Report.Explanation.Performance!;
        var error = performance.Metrics.TryGetValue("calibration_error", out var value)
            ? $" · predictions miss the observed share by {NumberText.Fixed(100 * value, 1)} pp on average" : "";
        return new GlobalPage(
            "calibration",
            $"Can the probability of {scene.Target} be taken at its word?",
            PerformanceView.SubLine(scene, performance) + error,
            $"Probability of {scene.Target} and observed share",
            style => CalibrationPlot.Draw(performance, scene.Report.Explanation.Target.Name, style),
            Bins(performance));
    }

    private static PanelTable Bins(Performance performance) => new(
        "Predicted and observed",
        [
            new PanelColumn("predicted", "Predicted", true), new PanelColumn("observed", "Observed (95 % interval)", true),
            new PanelColumn("rows", "Rows", true),
        ],
        [.. performance.Calibration.Select((bin, index) => new PanelRow(
            index.ToString(CultureInfo.InvariantCulture),
            [
                PanelParts.Number(bin.Predicted, NumberText.Probability),
                new PanelCell(NumberText.ForMarkup(NumberText.ProbabilityInterval(bin.Observed, bin.Low, bin.High)), bin.Observed),
                PanelParts.Number(bin.Rows, rows => NumberText.Whole((long)rows)),
            ]))],
        null);
}
