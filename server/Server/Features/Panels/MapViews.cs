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
            Range(_report.Explanation.BaseValue, _report.Explanation.PredictedValue), target, $"against {target}", "");
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
            return RegionTable.Of(_report, MapNumbers.Of(_map.Plane, _report.Context));
        }

        var target = Words.OneLine(_report.Explanation.Target.Name);
        var rows = new List<(string Name, ImageMap Map, MapNumbers Numbers)>
        {
            (_second is null || _comparesClasses ? target : Words.OneLine(_report.MethodTitle), _map, MapNumbers.Of(_map.Plane, _report.Context)),
        };
        if (_second is not null && _other is not null)
        {
            rows.Add((_comparesClasses ? $"{target} − {Words.OneLine(_second.Explanation.Target.Name)}" : Words.OneLine(_second.MethodTitle), _other, MapNumbers.Of(_other.Plane, _second.Context)));
        }

        var sided = rows.Any(row => row.Map.IsTwoSided);
        return new PanelTable(
            "In sum",
            [
                new PanelColumn("what", Capital(ScaleWord(_report.Scale)), false),
                .. sided ? new[] { new PanelColumn("for", "for", true), new PanelColumn("against", "against", true) } : [],
                new PanelColumn("sum", "sum", true),
            ],
            [.. rows.Select(row => new PanelRow(row.Name,
            [
                new PanelCell(row.Name, null),
                .. sided ? new[] { Number(row.Map.For, row.Numbers), Number(row.Map.Against, row.Numbers) } : [],
                Number(row.Map.For + row.Map.Against, row.Numbers),
            ]))],
            null);
    }

    private PanelMap Difference((double Limit, bool IsLargest) limit)
    {
        var (one, two) = (_report.Explanation, _second!.Explanation);
        var (target, other) = (Words.OneLine(one.Target.Name), Words.OneLine(two.Target.Name));
        var range = Range(one.BaseValue - two.BaseValue, one.PredictedValue - two.PredictedValue, "difference");
        return View(
            _report, _other!, limit, $"For {target}, not {other}", range.Length > 0 ? range : "difference of the two maps", $"{target} − {other}",
            $"for {other}", $" less that of {other}");
    }

    private PanelMap OtherMethod(string target) => View(
        _second!, _other!, ImageMap.LimitOf(_other!), Words.OneLine(_second!.MethodTitle),
        Range(_second.Explanation.BaseValue, _second.Explanation.PredictedValue), Words.OneLine(_second.MethodTitle), $"against {target}", "");

    private static PanelMap View(
        ExplanationReport report, ImageMap map, (double Limit, bool IsLargest) limit, string title, string range, string caption, string against, string less)
    {
        var image = GridPicture.Of(report.Grid!);
        var numbers = MapNumbers.Of(map.Plane, report.Context);
        var unit = MapNumbers.Unit(map.Plane, image, report.Context);
        // "One pixel, logit of Coat": what one number belongs to.
        var place = unit.StartsWith("One ", StringComparison.Ordinal) ? unit["One ".Length..unit.IndexOf(',', StringComparison.Ordinal)] : "pixel";
        var text = map.Largest == 0 ? "the map is zero everywhere"
            : Math.Abs(map.Largest) < limit.Limit ? $"ends where the other map does; largest {place} {numbers.Text(map.Largest)}"
            : limit.IsLargest ? $"ends at the largest {place}"
            : $"ends at the 99th percentile; largest {place} {numbers.Text(map.Largest)}";
        var lost = map.Values.Count(value => !double.IsFinite(value));
        var target = Words.OneLine(report.Explanation.Target.Name);
        return new PanelMap(
            title, NumberText.ForMarkup(range), caption, map.ToBase64(numbers.Factor), map.Plane.Width, map.Plane.Height,
            map.IsTwoSided ? 0 : map.Plane.Low * numbers.Factor, limit.Limit * numbers.Factor,
            lost == 0 ? text : $"{text}; {NumberText.Whole(lost)} without a number", map.IsTwoSided,
            map.Plane.Width != image.Width || map.Plane.Height != image.Height, numbers.Decimals, unit + less,
            map.IsTwoSided ? $"for {target}" : "most", map.IsTwoSided ? against : "least",
            NumberText.ForMarkup($"{title}. {MapAltText.Of(map.Plane, image, report.Context)}"));
    }

    private string Range(double? from, double? to, string? word = null) => from is { } start && to is { } end
        ? $"{word ?? ScaleWord(_report.Scale)} from {NumberText.Value(start, _report.Scale)} to {NumberText.Value(end, _report.Scale)}"
        : "";

    private static PanelCell Number(double value, MapNumbers numbers) =>
        double.IsFinite(value) ? new PanelCell(numbers.Text(value), value * numbers.Factor) : new PanelCell("", null);

    /// <summary>The output's scale in a word; contributions to a probability are percentage points.</summary>
    private static string ScaleWord(TargetScale scale) => scale switch
    {
        TargetScale.Probability => "probability",
        TargetScale.LogOdds => "log-odds",
        TargetScale.Logit => "logit",
        _ => "value",
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
