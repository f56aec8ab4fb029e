namespace ExplainLsp.Explainers;

/// <summary>
/// Reads the options a user gave against those a method knows. An unknown key, or a value outside its range, is refused with the list
/// of what there is; every value that was in force, defaults included, is remembered for <see cref="Explanation.Options"/>.
/// </summary>
/// <param name="method">The method's id, for messages.</param>
/// <param name="known">What it knows.</param>
/// <param name="given">What the user gave.</param>
public sealed class OptionReader(string method, IReadOnlyList<ExplainerOption> known, IReadOnlyDictionary<string, string> given)
{
    /// <summary>A whole number.</summary>
    /// <exception cref="ExplainerException">Not a whole number, or outside the range.</exception>
    public long WholeNumber(string key, long fallback, long minimum, long maximum) =>
        throw new NotImplementedException($"{method} {known} {given} {key} {fallback} {minimum} {maximum}");
}
