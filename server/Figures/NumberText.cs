using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ExplainLsp.Figures;

/// <summary>
/// Numbers and names as every surface writes them: real minus, thin space before %, commas from 1,000, e-notation for the tiny.
/// Text for people only; exports write plain invariant numbers.
/// </summary>
public static partial class NumberText
{
    /// <summary>U+2212, never a hyphen.</summary>
    public const char Minus = '\u2212';

    /// <summary>U+2009, before % in figures.</summary>
    public const char ThinSpace = '\u2009';

    /// <summary>U+202F, which HTML and Markdown need in place of <see cref="ThinSpace"/> so that a line does not break before %.</summary>
    public const char NarrowNoBreakSpace = '\u202F';

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>The same text for Markdown, a webview or a hint: no line break before %.</summary>
    public static string ForMarkup(string text) => text.Replace(ThinSpace, NarrowNoBreakSpace);

    /// <summary>A probability in % with one decimal: <c>65.9 %</c>; <c>&gt; 99.9 %</c> and <c>&lt; 0.1 %</c> at the ends.</summary>
    public static string Probability(double probability) => Percent(probability, 1);

    /// <summary>A probability in whole %, for inlay hints and axes: <c>66 %</c>; <c>&gt; 99 %</c> and <c>&lt; 1 %</c> at the ends.</summary>
    public static string WholePercent(double probability) => Percent(probability, 0);

    /// <summary>A probability with its interval: <c>47.4 % (39.6 to 55.3)</c>.</summary>
    public static string ProbabilityInterval(double probability, double low, double high) =>
        $"{Probability(probability)} ({Fixed(low * 100, 1)} to {Fixed(high * 100, 1)})";

    /// <summary>A number with a fixed number of decimals, commas and a real minus; never −0.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        if (Math.Abs(value) >= 1e15) return Exponent(value, 3);
        var digits = Math.Abs(value).ToString("N" + decimals.ToString(Culture), Culture);
        return value < 0 && digits.AsSpan().ContainsAnyInRange('1', '9') ? Minus + digits : digits;
    }

    /// <summary>A number that always carries its sign; what rounds to zero is <c>±0.00</c>.</summary>
    public static string WithSign(double value, int decimals)
    {
        if (double.IsNaN(value)) return NotFinite(value);
        var digits = Fixed(Math.Abs(value), decimals);
        if (double.IsFinite(value) && !digits.AsSpan().ContainsAnyInRange('1', '9')) return '\u00B1' + digits;
        return (value < 0 ? Minus : '+') + digits;
    }

    /// <summary>A contribution to a probability as percentage points without the unit: 0.19 is <c>+19.0</c>.</summary>
    public static string PercentagePoints(double difference) => WithSign(difference * 100, 1);

    /// <summary>e-notation with a real minus: <c>3.9e−8</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="significantDigits">At most this many significant digits; trailing zeros go.</param>
    public static string Exponent(double value, int significantDigits)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        if (value == 0) return "0";
        var text = value.ToString("0." + new string('#', Math.Max(significantDigits - 1, 0)) + "e0", Culture);
        return text.Replace('-', Minus);
    }

    /// <summary>e-notation that always carries its sign: <c>+3.9e−8</c>.</summary>
    public static string ExponentWithSign(double value, int significantDigits) => value switch
    {
        0 => "\u00B10",
        > 0 => '+' + Exponent(value, significantDigits),
        _ => Exponent(value, significantDigits),
    };

    /// <summary>A whole number, with commas from 1,000.</summary>
    public static string Whole(long value) => value.ToString("N0", Culture).Replace('-', Minus);

    /// <summary>
    /// A number of a data column: four significant digits without trailing zeros, but never less than its whole part; e-notation below
    /// 1e−4 and from 1e9.
    /// </summary>
    public static string DataValue(double value)
    {
        if (!double.IsFinite(value)) return NotFinite(value);
        var size = Math.Abs(value);
        if (size == 0) return "0";
        if (size is < 1e-4 or >= 1e9) return Exponent(value, 4);

        var decimals = Math.Max(0, 3 - (int)Math.Floor(Math.Log10(size)));
        var text = Fixed(value, decimals);
        return decimals == 0 ? text : text.TrimEnd('0').TrimEnd('.');
    }

    /// <summary>
    /// A cell as figures show it: plain numbers by <see cref="DataValue(double)"/>, whole numbers exactly, everything else in the
    /// user's spelling ("007", "2024-05-01", "&lt;=50K"). An empty cell is <c>missing</c>.
    /// </summary>
    public static string DataValue(string? cell)
    {
        var text = Words.OneLine(cell ?? "");
        if (text.Length == 0) return "missing";
        if (WholeNumber().IsMatch(text)) return text.Length > 15 ? text : Whole(long.Parse(text, Culture));
        return DecimalNumber().IsMatch(text) ? DataValue(double.Parse(text, Culture)) : text;
    }

    /// <summary>A value of the target itself: <c>65.9 %</c>, <c>−3.41</c>, <c>152.4</c>.</summary>
    public static string Value(double value, TargetScale scale) => scale switch
    {
        TargetScale.Probability => Probability(value),
        TargetScale.Value => DataValue(value),
        _ when Math.Abs(value) >= 1e6 => Exponent(value, 3),
        _ => Fixed(value, 2),
    };

    /// <summary>
    /// A completeness gap without the word: <c>&lt;1e−6</c> when it is below a millionth of <paramref name="range"/>, else its value and
    /// how much of what is explained it misses: <c>+0.0098 (0.1 %)</c>.
    /// </summary>
    /// <param name="gap">Predicted value − base value − sum of attributions.</param>
    /// <param name="range">The output's range: 1 for a probability, else the size of its values.</param>
    /// <param name="explained">Predicted value − base value.</param>
    public static string Gap(double gap, double range, double explained)
    {
        if (!double.IsFinite(gap)) return NotFinite(gap);
        if (Math.Abs(gap) < 1e-6 * Math.Abs(range) || gap == 0) return $"<1e{Minus}6";
        var value = DataValue(double.Parse(Math.Abs(gap).ToString("E1", Culture), Culture));
        var sign = gap < 0 ? Minus : '+';
        return explained == 0 || !double.IsFinite(explained)
            ? $"{sign}{value}"
            : $"{sign}{value} ({Probability(Math.Abs(gap / explained))})";
    }

    /// <summary>A duration: <c>12 ms</c>, <c>0.8 s</c>, <c>14 s</c>, <c>2 min 10 s</c>.</summary>
    public static string Time(double milliseconds)
    {
        var seconds = milliseconds / 1000;
        return milliseconds switch
        {
            < 0.5 => "<1 ms",
            < 499.5 => $"{milliseconds.ToString("F0", Culture)} ms",
            < 9950 => $"{seconds.ToString("F1", Culture)} s",
            < 59500 => $"{seconds.ToString("F0", Culture)} s",
            _ => $"{Whole((long)Math.Round(seconds) / 60)} min {((long)Math.Round(seconds) % 60).ToString(Culture)} s",
        };
    }

    /// <summary>A row of a file: rows count from 0 as on the command line, lines as in the editor: <c>row 13 (line 15)</c>; without lines <c>row 13</c>.</summary>
    public static string Row(int row, int? line) => line is { } number ? $"row {Whole(row)} (line {Whole(number)})" : $"row {Whole(row)}";

    /// <summary>
    /// A name cut in the middle at grapheme borders, both ends kept: <c>worst co…points</c>. The longest cut that fits is taken.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="fits">Whether a text fits; must hold for shorter texts when it holds for longer ones.</param>
    public static string Cut(string name, Func<string, bool> fits)
    {
        if (fits(name)) return name;
        var starts = StringInfo.ParseCombiningCharacters(name);
        int least = 0, most = Math.Max(starts.Length - 1, 0);
        while (least < most)
        {
            var middle = (least + most + 1) / 2;
            if (fits(Keep(middle))) least = middle;
            else most = middle - 1;
        }

        return Keep(least);

        string Keep(int graphemes)
        {
            var head = (graphemes + 1) / 2;
            var tail = graphemes - head;
            var cut = new StringBuilder(name, 0, head == 0 ? 0 : head < starts.Length ? starts[head] : name.Length, name.Length + 1);
            while (cut.Length > 0 && cut[^1] == ' ') cut.Length--;
            cut.Append('\u2026');
            return cut.Append(tail == 0 ? "" : name[starts[^tail]..].TrimStart(' ')).ToString();
        }
    }

    /// <summary>A name cut in the middle to a number of graphemes, the mark included.</summary>
    public static string Cut(string name, int graphemes) =>
        Cut(name, text => StringInfo.ParseCombiningCharacters(text).Length <= graphemes);

    private static string Percent(double probability, int decimals)
    {
        if (!double.IsFinite(probability)) return NotFinite(probability);
        var percent = probability * 100;
        var step = Math.Pow(10, -decimals);
        if (percent is 0 or 100) return Fixed(percent, 0) + ThinSpace + '%';
        if (percent is > 0 and < 100)
        {
            var digits = Fixed(percent, decimals);
            if (!digits.AsSpan().ContainsAnyInRange('1', '9')) return $"< {Fixed(step, decimals)}{ThinSpace}%";
            if (digits.StartsWith("100", StringComparison.Ordinal)) return $"> {Fixed(100 - step, decimals)}{ThinSpace}%";
        }

        return Fixed(percent, decimals) + ThinSpace + '%';
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "\u221E" : Minus + "\u221E";

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^-?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalNumber();
}
