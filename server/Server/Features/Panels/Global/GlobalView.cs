using ExplainLsp.Figures;
using ExplainLsp.Server.Engine;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>One way to look at a model on a whole file. A new one is a file like this and a line in <see cref="GlobalViews"/>.</summary>
/// <param name="id">Its name in requests.</param>
/// <param name="title">What the toolbar calls it.</param>
internal abstract class GlobalView(string id, string title)
{
    /// <summary>Its name in requests.</summary>
    public string Id => id;

    /// <summary>What the toolbar calls it.</summary>
    public string Title => title;

    /// <summary>Ids of the methods whose results it shows, the usual one first.</summary>
    public abstract IReadOnlyList<string> Methods { get; }

    /// <summary>The method that it shows when none is asked for.</summary>
    public virtual string UsualMethod(BoundTable table) => Methods[0];

    /// <summary>Whether it is about one column, so that the toolbar offers the columns.</summary>
    public virtual bool IsAboutAColumn => false;

    /// <summary>Whether no column means all of them.</summary>
    public virtual bool ShowsAllColumns => false;

    /// <summary>Whether it can show this table.</summary>
    public virtual bool Shows(BoundTable table) => true;

    /// <summary>What it shows of an explanation.</summary>
    public abstract GlobalPage Page(GlobalScene scene);
}

/// <summary>What a view of a whole file is put together from.</summary>
/// <param name="Table">The table.</param>
/// <param name="Report">The explanation; of the rows that are done, while it is being computed.</param>
/// <param name="Feature">The column that was asked for; null for the view's choice.</param>
/// <param name="Theme">The panel's colours.</param>
/// <param name="Width">Width of the figure's column; null for its own.</param>
/// <param name="Stop">Stops what a view itself computes.</param>
internal sealed record GlobalScene(BoundTable Table, ExplanationReport Report, string? Feature, Theme Theme, double? Width, CancellationToken Stop)
{
    /// <summary>What is explained, for sentences.</summary>
    public string Target => Words.OneLine(Report.Explanation.Target.Name);

    /// <summary>"test.csv, 143 rows".</summary>
    public string Rows => $"{Report.Samples.Name}, {NumberText.Whole(Report.Samples.Count)} rows";

    /// <summary>How its figure is drawn.</summary>
    public FigureStyle Style(Chrome chrome) => PanelParts.StyleOf(Report, Theme, chrome, Width);
}

/// <summary>What a view shows.</summary>
/// <param name="Tab">What the tab says behind the file's name.</param>
/// <param name="Heading">The finding, or the question.</param>
/// <param name="SubLine">Over which rows, in which unit.</param>
/// <param name="FigureTitle">What stands above the figure.</param>
/// <param name="Draw">Draws the figure; null for none.</param>
/// <param name="Table">The numbers.</param>
/// <param name="Feature">The column that it is about; null for none.</param>
internal sealed record GlobalPage(
    string Tab, string Heading, string SubLine, string FigureTitle, Func<FigureStyle, Figure>? Draw, PanelTable Table, string? Feature = null)
{
    /// <summary>What there is beside it; null for none.</summary>
    public IReadOnlyList<PanelCard>? Cards { get; init; }
}
