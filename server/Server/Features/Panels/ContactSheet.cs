using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>A contact sheet while it fills.</summary>
/// <param name="name">What is looked through: "test", "test.csv".</param>
/// <param name="found">How many pictures there are, shown or not.</param>
/// <param name="theme">The panel's colours.</param>
internal sealed class ContactSheet(string name, int found, Theme theme)
{
    // More would make a picture that few programs open.
    private const int MostDrawn = 120;

    private readonly List<PanelSheetItem> _items = [];
    private readonly List<SheetPicture> _drawn = [];
    private readonly HashSet<string> _models = [];
    private string _method = "";
    private double _milliseconds;

    /// <summary>The pictures that are done.</summary>
    public IReadOnlyList<PanelSheetItem> Items => _items;

    /// <summary>Takes a picture that is done.</summary>
    public void Add(PanelSheetItem item) => _items.Add(item);

    /// <summary>A picture that was explained.</summary>
    public PanelSheetItem Item(BoundImage image, ExplanationReport report)
    {
        _models.Add(report.ModelName);
        _method = report.MethodTitle;
        _milliseconds += report.Explanation.Cost.Milliseconds;
        var prediction = report.Prediction!;
        var figure = ImageFigures.Thumbnail(report, theme);
        var value = PredictionWords.ValueOf(prediction);
        var label = prediction.LabelName is { Length: > 0 } given ? Words.OneLine(given) : null;
        if (_drawn.Count < MostDrawn)
        {
            _drawn.Add(new SheetPicture(GridPicture.Of(report.Grid!), prediction.Name, value, label, prediction.IsRight) { Explanation = report.Explanation });
        }

        return new PanelSheetItem(
            image.Uri, NameOf(image), Convert.ToBase64String(figure.Bytes), figure.MediaType, Words.OneLine(prediction.Name),
            NumberText.ForMarkup(value), prediction.Value, label, prediction.IsRight, null, NumberText.ForMarkup(figure.AltText));
    }

    /// <summary>A picture that could not be explained.</summary>
    public static PanelSheetItem Problem(BoundImage image, string problem) =>
        new(image.Uri, NameOf(image), "", "image/png", "", "", null, null, null, Words.OneLine(problem), "");

    /// <summary>The panel with some of its pictures.</summary>
    /// <param name="items">Those to send.</param>
    /// <param name="total">How many there are to be.</param>
    public PanelView View(IReadOnlyList<PanelSheetItem> items, int total)
    {
        var labelled = _items.Where(item => item.Right is not null).ToList();
        var wrong = labelled.Count(item => item.Right == false);
        var left = found > total ? $", the first {NumberText.Whole(total)} are shown" : "";
        var mistakes = labelled.Count == 0 ? " · not labelled" : $" · {NumberText.Whole(wrong)} of {NumberText.Whole(labelled.Count)} wrong";
        var receipt = new[] { _method, _milliseconds > 0 ? NumberText.Time(_milliseconds) : "", string.Join(", ", _models.Select(Words.OneLine)) };
        return new PanelView(
            "sheet", $"{NumberText.Cut(Words.OneLine(name), 30)}, pictures", $"What the model sees in {Words.OneLine(name)}",
            $"{NumberText.Whole(found)} {(found == 1 ? "picture" : "pictures")}{left}{mistakes}",
            null, [], null, "", new PanelTable("", [], [], null), new PanelPickers([], [], [], [], null, []),
            [.. receipt.Where(part => part.Length > 0).Select(NumberText.ForMarkup)],
            items.Count == _items.Count && items.Count == total ? Exports() : new PanelExports("", "", "", "", ""),
            null, new PanelSheet(items, total, _method.Length > 0 ? "orange for, blue against the predicted class" : ""));
    }

    private PanelExports Exports()
    {
        var rows = _items.Select(item => new[] { item.Name, item.Prediction, item.Score, item.Label ?? "", item.Problem ?? "" });
        var markdown = string.Join('\n', rows.Select(row => $"| {string.Join(" | ", row.Select(Markdown.Escape))} |"));
        return new PanelExports(
            "", SheetCsv.Write(_items), $"# {Markdown.Escape(name)}\n\n| picture | prediction | score | label | problem |\n| :-- | :-- | --: | :-- | :-- |\n{markdown}\n",
            $"{Path.GetFileNameWithoutExtension(name)}-pictures", Picture());
    }

    /// <summary>The sheet as one picture: the first that were explained, mistakes first.</summary>
    private string Picture() => _drawn.Count == 0
        ? ""
        : Convert.ToBase64String(PictureSheet.Draw(_drawn, new FigureStyle(theme, Chrome.Panel, 2, FigureContext.None)).Bytes);

    private static string NameOf(BoundImage image)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(image.Path));
        return Words.OneLine(string.IsNullOrEmpty(folder) ? Path.GetFileName(image.Path) : $"{folder}/{Path.GetFileName(image.Path)}");
    }
}
