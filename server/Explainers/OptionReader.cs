using System.Collections.Immutable;
using System.Globalization;

namespace ExplainLsp.Explainers;

/// <summary>
/// Reads the options a user gave against those a method knows. An unknown key, or a value outside its range, is refused with the list
/// of what there is; every value that was in force, defaults included, is remembered for <see cref="Explanation.Options"/>.
/// </summary>
public sealed class OptionReader
{
    private readonly string method;
    private readonly IReadOnlyDictionary<string, string> given;
    private readonly ImmutableSortedDictionary<string, object>.Builder inForce =
        ImmutableSortedDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);

    /// <summary>A reader.</summary>
    /// <param name="method">The method's id, for messages.</param>
    /// <param name="known">What it knows.</param>
    /// <param name="given">What the user gave.</param>
    /// <exception cref="ExplainerException">A key that the method does not know.</exception>
    public OptionReader(string method, IReadOnlyList<ExplainerOption> known, IReadOnlyDictionary<string, string> given)
    {
        this.method = method;
        this.given = given;
        foreach (string key in given.Keys.Order(StringComparer.Ordinal))
        {
            if (known.Any(option => option.Key == key))
                continue;
            string list = string.Join(", ", known.Select(option => option.Key));
            throw new ExplainerException(known.Count == 0
                ? $"Unknown option {key}: {method} has no options. Leave it out."
                : $"Unknown option {key}: {method} knows {list}. Use one of these or leave it out.");
        }
    }

    /// <summary>The values that were in force so far, defaults included.</summary>
    public ImmutableSortedDictionary<string, object> InForce => inForce.ToImmutable();

    /// <summary>Whether the user gave this option.</summary>
    public bool Has(string key) => given.ContainsKey(key);

    /// <summary>A whole number.</summary>
    /// <exception cref="ExplainerException">Not a whole number, or outside the range.</exception>
    public long WholeNumber(string key, long fallback, long minimum, long maximum)
    {
        long value = fallback;
        if (given.TryGetValue(key, out string? text)
            && (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
                || value < minimum || value > maximum))
        {
            throw Refuse(key, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum:N0} to {maximum:N0}"));
        }
        inForce[key] = value;
        return value;
    }

    /// <summary>A number.</summary>
    /// <exception cref="ExplainerException">Not a finite number, or outside the range.</exception>
    public double Number(string key, double fallback, double minimum, double maximum)
    {
        double value = fallback;
        if (given.TryGetValue(key, out string? text) && (!TryNumber(text, out value) || value < minimum || value > maximum))
            throw Refuse(key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"));
        inForce[key] = value;
        return value;
    }

    /// <summary>One of some words; spelling with underscores for hyphens is forgiven.</summary>
    /// <exception cref="ExplainerException">Another word.</exception>
    public string Word(string key, string fallback, params ReadOnlySpan<string> words)
    {
        string value = fallback;
        if (given.TryGetValue(key, out string? text))
        {
            value = text.Trim().Replace('_', '-').ToLowerInvariant();
            if (!words.Contains(value))
                throw Refuse(key, text, string.Join(", ", words!));
        }
        inForce[key] = value;
        return value;
    }

    /// <summary>One of some words, or a number; exactly one of the two comes back.</summary>
    /// <exception cref="ExplainerException">Neither.</exception>
    public (string? Word, double Number) WordOrNumber(string key, string fallback, params ReadOnlySpan<string> words)
    {
        string text = given.TryGetValue(key, out string? written) ? written.Trim() : fallback;
        if (words.Contains(text))
        {
            inForce[key] = text;
            return (text, 0);
        }
        if (!TryNumber(text, out double number))
            throw Refuse(key, text, $"{string.Join(", ", words!)} or a number");
        inForce[key] = number;
        return (null, number);
    }

    /// <summary>Text as it is written, blanks around it removed: a name, or what another reader takes apart.</summary>
    /// <exception cref="ExplainerException">Nothing but blanks.</exception>
    public string Text(string key, string fallback)
    {
        string value = fallback;
        if (given.TryGetValue(key, out string? text))
        {
            value = text.Trim();
            if (value.Length == 0)
                throw Refuse(key, text, "a value, or leave it out");
        }
        inForce[key] = value;
        return value;
    }

    /// <summary>Text separated by commas, blanks around the parts removed; null when the option is not given.</summary>
    /// <exception cref="ExplainerException">Nothing but commas.</exception>
    public ImmutableArray<string>? List(string key)
    {
        if (!given.TryGetValue(key, out string? text))
            return null;
        ImmutableArray<string> parts = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (parts.IsEmpty)
            throw Refuse(key, text, "names or values separated by commas");
        inForce[key] = string.Join(",", parts);
        return parts;
    }

    /// <summary>Remembers what was in force for an option whose value depends on the sample.</summary>
    internal void Remember(string key, object value) => inForce[key] = value;

    /// <summary>What to say of a value that cannot be.</summary>
    internal ExplainerException Refuse(string key, string value, string allowed) =>
        new($"Option {key} of {method} cannot be \"{value}\". Give {allowed}.");

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
