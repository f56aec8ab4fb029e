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
    /// <summary>Coalitions that <c>Solve</c> will evaluate.</summary>
    long Evaluations { get; }

    /// <summary>The values. The same game gives the same bits, whether estimates are asked for on the way or not.</summary>
    /// <param name="game">The game.</param>
    /// <param name="sofar">Told an estimate now and then while it grows, from fewer coalitions; null for nobody.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    ShapleyValues Solve(ICoalitionGame game, Action<ShapleyValues>? sofar, CancellationToken cancellation);

    /// <summary>The values, without estimates on the way.</summary>
    ShapleyValues Solve(ICoalitionGame game, CancellationToken cancellation) => Solve(game, null, cancellation);
}
