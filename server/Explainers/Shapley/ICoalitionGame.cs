namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// A cooperative game: coalitions of players in, values out. What the Shapley solvers work on; <see cref="ModelGame"/> makes one of a
/// model.
/// </summary>
public interface ICoalitionGame
{
    /// <summary>Number of players, 0 or more.</summary>
    int Players { get; }

    /// <summary>The values of coalitions. A coalition's value must not depend on the others in the call.</summary>
    /// <param name="coalitions">Row-major, coalitions × <see cref="Players"/>; true where the player takes part.</param>
    /// <param name="values">Receives one value a coalition; its length says how many coalitions there are.</param>
    /// <param name="cancellation">Honoured within 100 ms.</param>
    void Evaluate(ReadOnlySpan<bool> coalitions, Span<double> values, CancellationToken cancellation);
}
