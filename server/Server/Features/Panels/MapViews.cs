using ExplainLsp.Explainers;
using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>The maps of a picture's panel in words and numbers: one, or two to compare.</summary>
internal sealed class MapViews
{
    private readonly ExplanationReport _report;
    private readonly ExplanationReport? _second;
    private readonly ImageMap? _map;
    private readonly ImageMap? _other;
    private readonly bool _comparesClasses;

    /// <summary>Reads the maps.</summary>
    /// <param name="report">The explanation.</param>
    /// <param name="second">Another class's (the second map is the difference), or another method's (the second map is its own); null for none.</param>
    public MapViews(ExplanationReport report, ExplanationReport? second)
    {
        (_report, _second) = (report, second);
        _map = ImageMap.Of(report);
        var raw = second is null ? null : ImageMap.Of(second);
        _comparesClasses = second is not null && second.Explanation.Target.Index != report.Explanation.Target.Index;
        _other = _comparesClasses && _map is not null && raw is not null && raw.Values.Length == _map.Values.Length ? _map.Less(raw) : raw;
        Agreement = _comparesClasses || _map is null || raw is null ? null : _map.RankCorrelation(raw);
    }

    /// <summary>Rank correlation of two methods' maps; null where two methods are not compared.</summary>
    public double? Agreement { get; }

    /// <summary>The maps, for the panel.</summary>
    public IReadOnlyList<PanelMap> All()
    {
        if (_map is null)
        {
            return [];
        }

        // Maps of one method share a unit, and so a limit: their colours can be compared.
        var shared = _comparesClasses && _other is not null ? ImageMap.LimitOf(_map, _other) : ImageMap.LimitOf(_map);
        var target = Words.OneLine(_report.Explanation.Target.Name);
        var first = View(
            _report, _map, shared, _second is null || _comparesClasses ? $"For {target}" : Words.OneLine(_report.MethodTitle),
            Range(_report.Explanation.BaseValue, _report.Explanation.PredictedValue), target, $"against {target}", $"for {target}");
        return _second is null || _other is null ? [first] : [first, _comparesClasses ? Difference(shared) : OtherMethod(target)];
    }

    /// <summary>What speaks for and against in sum, or the regions of methods that explain regions.</summary>
    public PanelTable Table()
    {
        if (_map is null)
        {
            return new PanelTable("", [], [], null);
        }

        if (!_report.Explanation.Attributions.IsEmpty && _second is null)
        {
            return Regions();
        }

        var rows = new List<PanelRow> { Row(_second is null || _comparesClasses ? Words.OneLine(_report.Explanation.Target.Name) : Words.OneLine(_report.MethodTitle), _map) };
        if (_second is not null && _other is not null)
        {
            rows.Add(Row(
                _comparesClasses ? $"{Words.OneLine(_report.Explanation.Target.Name)} − {Words.OneLine(_second.Explanation.Target.Name)}" : Words.OneLine(_second.MethodTitle),
                _other));
        }

        var title = _map.IsTwoSided || _other?.IsTwoSided == true ? "In sum" : "Amount in sum";
        return new PanelTable(
            title,
            [
                new PanelColumn("what", Capital(ScaleWord(_report)), false),
                .. _map.IsTwoSided || _other?.IsTwoSided == true
                    ? new[] { new PanelColumn("for", "for", true), new PanelColumn("against", "against", true) }
                    : [],
                new PanelColumn("sum", "sum", true),
            ],
            [.. rows.Select(row => _map.IsTwoSided || _other?.IsTwoSided == true ? row : new PanelRow(row.Key, [row.Cells[0], row.Cells[^1]]))],
            null);
    }

    /// <summary>How many decimals show three digits of the largest number: +0.80, +12.3, +0.0312. Beyond six, exponents: −1.</summary>
    public static int DecimalsFor(double largest)
    {
        const int digits = 2;
        const int most = 6;
        if (largest is 0 || !double.IsFinite(largest))
        {
            return digits;
        }

        var power = (int)Math.Floor(Math.Log10(largest));
        var decimals = power >= -1 ? Math.Max(0, digits - Math.Max(0, power)) : digits - power;
        return decimals > most ? -1 : decimals;
    }

    private PanelMap Difference((double Limit, bool IsLargest) limit)
    {
        var (one, two) = (_report.Explanation, _second!.Explanation);
        var (target, other) = (Words.OneLine(one.Target.Name), Words.OneLine(two.Target.Name));
        var range = Range(one.BaseValue - two.BaseValue, one.PredictedValue - two.PredictedValue, "difference");
        return View(
            _report, _other!, limit, $"For {target}, not {other}", range.Length > 0 ? range : "difference of the two maps", $"{target} − {other}",
            $"for {other}", $"for {target}", $"{target} less that of {other}");
    }

    private PanelMap OtherMethod(string target) => View(
        _second!, _other!, ImageMap.LimitOf(_other!), Words.OneLine(_second!.MethodTitle),
        Range(_second.Explanation.BaseValue, _second.Explanation.PredictedValue), Words.OneLine(_second.MethodTitle), $"against {target}", $"for {target}");

    private static PanelMap View(
        ExplanationReport report, ImageMap map, (double Limit, bool IsLargest) limit, string title, string range, string caption,
        string against, string towards, string? of = null)
    {
        var decimals = DecimalsFor(map.Largest);
        var cell = MapUnits.CellOf(report);
        var largest = map.Values.Where(float.IsFinite).DefaultIfEmpty().MaxBy(Math.Abs);
        var text = map.Largest == 0 ? "the map is zero everywhere"
            : limit.IsLargest ? $"ends at the largest {cell}"
            : $"ends at the 99th percentile; largest {cell} {Number(largest, decimals, map.IsTwoSided)}";
        var lost = map.Values.Count(value => !float.IsFinite(value));
        var smooth = map.Width * map.Height < report.Grid!.Grid.Width * report.Grid.Grid.Height;
        return new PanelMap(
            title, NumberText.ForMarkup(range), caption, map.ToBase64(), map.Width, map.Height, limit.Limit,
            lost == 0 ? text : $"{text}; {NumberText.Whole(lost)} without a number", map.IsTwoSided, smooth, decimals,
            $"One {cell}, {MapUnits.UnitOf(report)} {of ?? Words.OneLine(report.Explanation.Target.Name)}", towards, map.IsTwoSided ? against : "",
            NumberText.ForMarkup(MapWords.Describe(map, title, Words.OneLine(report.Grid.Name), limit.Limit, decimals)));
    }

    private string Range(double? from, double? to, string? word = null) => from is { } start && to is { } end
        ? $"{word ?? ScaleWord(_report)} from {NumberText.Value(start, _report.Scale)} to {NumberText.Value(end, _report.Scale)}"
        : "";

    private static string ScaleWord(ExplanationReport report) => MapUnits.ScaleWord(report.Scale);

    private PanelTable Regions()
    {
        var attributions = _report.Explanation.Attributions;
        var decimals = DecimalsFor(attributions.Max(attribution => Math.Abs(attribution.Contribution)));
        var sampled = attributions.Any(attribution => attribution.StandardError is not null);
        return new PanelTable(
            "All regions",
            [
                new PanelColumn("region", "Region", false),
                new PanelColumn("contribution", $"Contribution, {ScaleWord(_report)}", true),
                .. sampled ? new[] { new PanelColumn("standardError", "Standard error", true) } : [],
            ],
            [.. attributions.OrderByDescending(attribution => Math.Abs(attribution.Contribution)).Select(attribution => new PanelRow(attribution.Feature,
            [
                new PanelCell(Words.OneLine(attribution.Feature), null),
                PanelParts.Number(attribution.Contribution, value => Number(value, decimals, true)),
                .. sampled ? new[] { PanelParts.Number(attribution.StandardError, error => $"± {Number(error, decimals, false)}") } : [],
            ]))],
            "contribution");
    }

    private static PanelRow Row(string name, ImageMap map)
    {
        var decimals = DecimalsFor(Math.Max(map.For, -map.Against));
        return new PanelRow(name,
        [
            new PanelCell(name, null),
            PanelParts.Number(map.For, value => Number(value, decimals, true)),
            PanelParts.Number(map.Against, value => Number(value, decimals, true)),
            PanelParts.Number(map.For + map.Against, value => Number(value, decimals, true)),
        ]);
    }

    private static string Number(double value, int decimals, bool signed) => (decimals, signed) switch
    {
        (< 0, true) => NumberText.ExponentWithSign(value, 3),
        (< 0, false) => NumberText.Exponent(value, 3),
        (_, true) => NumberText.WithSign(value, decimals),
        _ => NumberText.Fixed(value, decimals),
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
