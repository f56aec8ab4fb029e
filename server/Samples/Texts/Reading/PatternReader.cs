using System.Text.RegularExpressions;

namespace ExplainLsp.Samples;

/// <summary>Reads the <c>pattern</c> of a step: a text to be taken literally, or a regular expression.</summary>
internal static class PatternReader
{
    /// <exception cref="SampleException">Missing, or no pattern that can be read.</exception>
    public static RuneRegex Read(TokenizerJson step)
    {
        if (step.Part("pattern") is not { } pattern)
            throw step.Wrong("pattern", "a text or a regular expression");
        if (pattern.Part("String") is { } literal)
            return new RuneRegex(Regex.Escape(literal.AsText("String")));
        return Expression(pattern, "Regex");
    }

    /// <summary>A key's regular expression.</summary>
    /// <exception cref="SampleException">Missing, or no expression that can be read.</exception>
    public static RuneRegex Expression(TokenizerJson json, string key)
    {
        try
        {
            return new RuneRegex(json.Text(key));
        }
        catch (ArgumentException exception)
        {
            throw json.Wrong(key, $"a regular expression that can be read ({exception.Message.TrimEnd('.')})");
        }
    }
}
