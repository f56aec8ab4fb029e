using System.Collections.Immutable;

namespace ExplainLsp.Explainers;

/// <summary>How a model does on a labelled file: what confusion matrices, calibration plots and lists of worst rows show.</summary>
/// <param name="Classes">Class names in score order; empty for a regression.</param>
/// <param name="Confusion">Rows by true class (rows) and predicted class (columns), row-major; empty for a regression.</param>
/// <param name="Calibration">Bins of the target class's probability, ascending; empty for a regression or a model without probabilities.</param>
/// <param name="Worst">Rows with the largest loss, worst first.</param>
/// <param name="Rows">Labelled rows that were counted.</param>
/// <param name="Metrics">Named numbers: <c>accuracy</c>, <c>roc_auc</c>, <c>log_loss</c>, <c>brier</c>, <c>calibration_error</c>, <c>r2</c>, <c>mean_absolute_error</c>, <c>root_mean_squared_error</c>.</param>
public sealed record Performance(
    ImmutableArray<string> Classes, ImmutableArray<int> Confusion, ImmutableArray<CalibrationBin> Calibration, ImmutableArray<RowLoss> Worst,
    int Rows, ImmutableSortedDictionary<string, double> Metrics);

/// <summary>A bin of predicted probability.</summary>
/// <param name="Predicted">Mean predicted probability of its rows.</param>
/// <param name="Observed">Share of its rows whose label is the class.</param>
/// <param name="Low">Lower 95 % bound of that share (Wilson 1927).</param>
/// <param name="High">Upper 95 % bound.</param>
/// <param name="Rows">Rows in it.</param>
public sealed record CalibrationBin(double Predicted, double Observed, double Low, double High, int Rows);

/// <summary>A row and how wrong the model is about it.</summary>
/// <param name="Row">Its number in the file, from 0.</param>
/// <param name="Truth">The label, as the user wrote it.</param>
/// <param name="Predicted">What the model says.</param>
/// <param name="Loss">Log loss in nats, or the squared error of a regression.</param>
public sealed record RowLoss(int Row, string Truth, string Predicted, double Loss);
