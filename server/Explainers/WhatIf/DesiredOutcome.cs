using System.Globalization;
using ExplainLsp.Explainers.Tables;

namespace ExplainLsp.Explainers.WhatIf;

/// <summary>What the model is wanted to say of a changed row.</summary>
internal abstract class DesiredOutcome
{
    /// <summary>In words: "&gt;50K", "anything but setosa", "150 to 200".</summary>
    public abstract string Description { get; }

    /// <summary>How near a row's scores are to what is wanted: 0 or more exactly when they are it, negative otherwise, NaN never.</summary>
    public abstract double Gain(ReadOnlySpan<double> scores);

    /// <summary>Reads the option <c>desired</c> against what the model says of the row.</summary>
    /// <exception cref="ExplainerException">A class or range that cannot be, or that holds already; a regression without the option.</exception>
    public static DesiredOutcome Of(Predictor predictor, OptionReader options, ReadOnlySpan<double> scores) =>
        predictor.IsClassifier ? OfClass(predictor, options, Decision.Class(scores)) : OfValue(predictor, options, scores[predictor.Target.Index]);

    private static ClassOutcome OfClass(Predictor predictor, OptionReader options, int now)
    {
        int width = predictor.Output.Width;
        if (!options.Has("desired"))
        {
            int? other = width == 2 ? 1 - now : null;
            options.Remember("desired", other is { } only ? predictor.NameOf(only) : $"not {predictor.NameOf(now)}");
            return new ClassOutcome(now, other, other is { } one ? predictor.NameOf(one) : $"anything but {predictor.NameOf(now)}");
        }
        string text = options.Text("desired", "");
        string[] names = [.. Enumerable.Range(0, width).Select(predictor.NameOf)];
        int desired = Array.FindIndex(names, name => string.Equals(name, text, StringComparison.OrdinalIgnoreCase));
        if (desired < 0)
            desired = predictor.Output.ClassLabels.IndexOf(text);
        if (desired < 0 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < width)
            desired = index;
        if (desired < 0)
            throw options.Refuse("desired", text, $"one of the classes {string.Join(", ", names.Take(20))}{(width > 20 ? ", …" : "")}");
        if (desired == now)
            throw new ExplainerException($"The model says {names[now]} of this row already. Give desired another class, or leave it out.");
        return new ClassOutcome(now, desired, names[desired]);
    }

    private static ValueOutcome OfValue(Predictor predictor, OptionReader options, double now)
    {
        if (!options.Has("desired"))
        {
            throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
                $"counterfactual must know what value is wanted: {predictor.Target.Name} is {now:G6} here. Give the option desired as a range, such as desired={now * 1.2:G3}.. for that or more, or desired=..{now * 0.8:G3} for that or less."));
        }
        string text = options.Text("desired", "");
        ValueOutcome outcome = ValueOutcome.Parse(text, predictor.Target.Index)
            ?? throw options.Refuse("desired", text, "a range: 100..150, 150.. for that or more, ..100 for that or less");
        return outcome.Gain(now) < 0 ? outcome : throw new ExplainerException(string.Create(CultureInfo.InvariantCulture,
            $"{predictor.Target.Name} is {now:G6} here, which is {outcome.Description} already. Give desired another range."));
    }
}

/// <summary>Another class than the present one: a certain one, or any.</summary>
internal sealed class ClassOutcome(int now, int? desired, string description) : DesiredOutcome
{
    public override string Description => description;

    public override double Gain(ReadOnlySpan<double> scores)
    {
        int said = Decision.Class(scores);
        double best = double.NegativeInfinity;
        for (int i = 0; i < scores.Length; i++)
        {
            // With a certain class: its lead over the best other one. Else: the lead of the best other one over the present.
            if (desired is { } wanted ? i != wanted : i != now)
                best = Math.Max(best, scores[i]);
        }
        double lead = desired is { } certain ? scores[certain] - best : best - scores[now];
        bool holds = desired is { } one ? said == one : said != now;
        if (double.IsNaN(lead))
            return double.NegativeInfinity;
        return holds ? Math.Max(0, lead) : Math.Min(-double.Epsilon, lead);
    }
}

/// <summary>A regression's value within a range, both ends included.</summary>
internal sealed class ValueOutcome(int element, double low, double high) : DesiredOutcome
{
    public override string Description =>
        double.IsNegativeInfinity(low) ? FormattableString.Invariant($"{high} or less")
        : double.IsPositiveInfinity(high) ? FormattableString.Invariant($"{low} or more")
        : FormattableString.Invariant($"{low} to {high}");

    /// <summary>Reads <c>100..150</c>, <c>150..</c>, <c>..100</c>; null for anything else.</summary>
    public static ValueOutcome? Parse(string text, int element)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0 || text.Length == 2)
            return null;
        return Bound(text[..dots], double.NegativeInfinity) is { } low && Bound(text[(dots + 2)..], double.PositiveInfinity) is { } high && low <= high
            ? new ValueOutcome(element, low, high)
            : null;

        static double? Bound(string written, double open) =>
            written.Trim().Length == 0 ? open
            : double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
    }

    public override double Gain(ReadOnlySpan<double> scores) => Gain(scores[element]);

    /// <summary>As for scores, of the value alone.</summary>
    public double Gain(double value)
    {
        double beyond = Math.Max(low - value, value - high);
        return double.IsNaN(beyond) ? double.NegativeInfinity : Math.Min(0, -beyond);
    }
}
