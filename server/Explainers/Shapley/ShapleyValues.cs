namespace ExplainLsp.Explainers.Shapley;

/// <summary>What a solver found.</summary>
/// <param name="Values">One value a player.</param>
/// <param name="StandardErrors">One a player, in the game's unit; null when the values are exact.</param>
/// <param name="Empty">The value of the empty coalition.</param>
/// <param name="Full">The value of all players together.</param>
public sealed record ShapleyValues(double[] Values, double[]? StandardErrors, double Empty, double Full);

/// <summary>Computes or estimates Shapley values (Shapley 1953) of a game with a number of players fixed at construction.</summary>
public interface IShapleySolver
{
    /// <summary>Coalitions that <see cref="Solve"/> will evaluate.</summary>
    long Evaluations { get; }

    /// <summary>The values. The same game gives the same bits.</summary>
    ShapleyValues Solve(ICoalitionGame game, CancellationToken cancellation);
}
