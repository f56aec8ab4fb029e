using System.Diagnostics;

namespace ExplainLsp.Benchmarks.Trees;

/// <summary>Times.</summary>
internal static class Measure
{
    /// <summary>The shortest time of an action in so many rounds, in milliseconds; once before it counts.</summary>
    public static double Shortest(int rounds, Action action) => InTurns(rounds, action)[0];

    /// <summary>The shortest times of actions that are taken in turns, so that a busy moment of the machine meets all.</summary>
    public static double[] InTurns(int rounds, params Action[] actions)
    {
        foreach (var action in actions)
            action();
        var shortest = Enumerable.Repeat(double.PositiveInfinity, actions.Length).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                var began = Stopwatch.GetTimestamp();
                actions[i]();
                shortest[i] = Math.Min(shortest[i], Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return shortest;
    }

    /// <summary>The exponent b of time ∝ sizeᵇ, by least squares on logarithms.</summary>
    public static double Exponent(IReadOnlyList<double> sizes, IReadOnlyList<double> times)
    {
        double x = sizes.Average(Math.Log), y = times.Average(Math.Log);
        return sizes.Select((size, i) => (Math.Log(size) - x) * (Math.Log(times[i]) - y)).Sum() / sizes.Sum(size => (Math.Log(size) - x) * (Math.Log(size) - x));
    }
}
