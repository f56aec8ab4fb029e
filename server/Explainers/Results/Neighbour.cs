namespace ExplainLsp.Explainers;

/// <summary>A row of the data that resembles the explained one.</summary>
/// <param name="Row">Its number in the background's file, from 0.</param>
/// <param name="SamePrediction">Whether the model says the same of it (an example) or something else (a counter-example).</param>
/// <param name="PredictedName">What the model says of it.</param>
/// <param name="PredictedValue">The target's value for it, in the target's space.</param>
/// <param name="Distance">As in <see cref="Counterfactual.Distance"/>.</param>
public sealed record Neighbour(int Row, bool SamePrediction, string PredictedName, double PredictedValue, double Distance);
