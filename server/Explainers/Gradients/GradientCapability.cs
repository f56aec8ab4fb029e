using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExplainLsp.Models;

namespace ExplainLsp.Explainers.Gradients;

/// <summary>How far a model can be differentiated; found once a session and output.</summary>
internal static class GradientCapability
{
    private static readonly ConditionalWeakTable<ModelSession, ConcurrentDictionary<string, MethodNeeds>> Known = [];

    /// <summary>The most that a method may need of this model.</summary>
    public static MethodNeeds Of(ModelSession session, SessionOutput output, CancellationToken cancellation)
    {
        ConcurrentDictionary<string, MethodNeeds> known = Known.GetOrCreateValue(session);
        if (known.TryGetValue(output.Name, out MethodNeeds found))
            return found;
        found = Find(session, output, cancellation);
        known[output.Name] = found;
        return found;
    }

    private static MethodNeeds Find(ModelSession session, SessionOutput output, CancellationToken cancellation)
    {
        if (session.Inputs.Any(input => input.ElementType != typeof(float) && input.ElementType != typeof(double)))
            return MethodNeeds.Predictions;
        try
        {
            var predictor = new Predictor(session, output, new Target(output.Name, 0, output.Name, TargetSpace.Raw));
            session.Gradient(GradientQuestion.Request(predictor, [.. session.Inputs.Select(input => input.Name)]), cancellation);
            return new FeatureMapFinder(session, GradientQuestion.TensorOf(predictor), cancellation).HasMap ? MethodNeeds.FeatureMap : MethodNeeds.Gradients;
        }
        catch (ModelException)
        {
            return MethodNeeds.Predictions;
        }
    }
}
