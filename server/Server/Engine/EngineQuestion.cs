using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Models;

namespace ExplainLsp.Server.Engine;

/// <summary>A query whose model is open and whose names are resolved.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Session">The model as it is on disk now.</param>
/// <param name="Choice">The output that is explained, with its names.</param>
internal sealed record EngineQuestion(ExplanationQuery Query, ModelSession Session, TargetChoice Choice)
{
    /// <summary>SHA-256 of the model.</summary>
    public string ModelSha256 => Session.File.Sha256;

    /// <summary>Whether the model answers in steps: trees decide its outputs.</summary>
    public bool AnswersInSteps => Session.File.Nodes.Any(node => node.Operator.StartsWith("TreeEnsemble", StringComparison.Ordinal));

    /// <summary>The model seen through a target.</summary>
    public Predictor PredictorFor(Target target) => new(Session, Choice.Output, target) { Names = Choice.Names };

    /// <summary>The model seen through all its elements, on the default scale.</summary>
    public Predictor PredictorForAll() => PredictorFor(Choice.At(0, null));

    /// <summary>The number to explain for a row: the element the query names, else the predicted one.</summary>
    /// <exception cref="ExplainerException">Unknown class or space.</exception>
    public Target TargetFor(SamplePrediction prediction) => Choice.At(
        Query.Target is null or TargetChoice.Predicted ? prediction.Index : Choice.Find(Query.Target, Query.Binding.ModelName), Query.Space);

    /// <summary>
    /// The number to explain for a whole file: the element the query names, else the positive class, else the last of two classes (by
    /// convention the positive one), else the first.
    /// </summary>
    /// <exception cref="ExplainerException">Unknown class or space, or <c>predicted</c>, which changes from row to row.</exception>
    public Target TargetForTable() => Choice.At(
        Query.Target switch
        {
            TargetChoice.Predicted when Choice.IsClassifier => throw new ExplainerException(
                $"The predicted class changes from row to row, so a whole file needs one. Choose a class of: {string.Join(", ", Choice.Names)}."),
            null or TargetChoice.Predicted => Query.Binding.PositiveClass is { } positive && positive < Choice.Output.Width ? positive
                : Choice is { IsClassifier: true, Output.Width: 2 } ? 1 : 0,
            { } text => Choice.Find(text, Query.Binding.ModelName),
        },
        Query.Space);

    /// <summary>What the target's numbers are, for words and figures.</summary>
    public TargetScale ScaleOf(Target target) => (target.Space, Choice.Output.Kind) switch
    {
        (TargetSpace.Probability, _) => TargetScale.Probability,
        (_, OutputKind.Probabilities) => TargetScale.LogOdds,
        (_, OutputKind.Logits) => TargetScale.Logit,
        _ => TargetScale.Value,
    };
}
