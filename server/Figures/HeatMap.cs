using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// A map on an image: picture, map, the map on the picture, and a second class or method, 254 square each with gaps of 32; a legend in
/// numbers below. Small pictures are shown at whole factors, layers' maps enlarged smoothly and said to be.
/// </summary>
public static class HeatMap
{
    private const double Side = 254;
    private const double Gap = 32;
    private const double Titles = 40;
    private const double RowGap = 20;

    /// <summary>Draws an explanation that has a map.</summary>
    /// <param name="explanation">One with a tensor.</param>
    /// <param name="image">Its picture.</param>
    /// <param name="style">Colours, chrome, scale and width.</param>
    /// <param name="options">What of the map is shown on the picture, in which colours, beside what; null for the defaults.</param>
    public static Figure Draw(Explanation explanation, ImageContext image, FigureStyle style, HeatMapOptions? options = null)
    {
        using var drawing = Render(explanation, image, style, options);
        return FigureFrame.Finish(drawing.Canvas, drawing.Alt, drawing.Regions);
    }

    internal static HeatMapDrawing Render(Explanation explanation, ImageContext image, FigureStyle style, HeatMapOptions? options = null)
    {
        options ??= HeatMapOptions.Default;
        var plane = MapPlane.Of(explanation, image);
        var second = options.Second is { Tensor: not null } other ? MapPlane.Of(other, image) : null;
        if (second is not null) MapPlane.Share(plane, second);
        var palette = new MapPalette(style.Theme, plane.TwoSided, options.Colours);
        var secondPalette = second is null ? palette : new MapPalette(style.Theme, second.TwoSided, options.Colours);
        var ownLegend = second is not null && !MapPlane.AreComparable(plane, second);

        var (width, height, factor) = PictureDrawing.Fit(image, Side - 2);
        var count = second is null ? 3 : 4;
        var columns = style.Width is null ? count : (int)Math.Clamp(Math.Floor((FigureFrame.WidthOf(style, 320) + Gap) / (Side + Gap)), 1, count);
        var rows = (count + columns - 1) / columns;
        var rowHeight = Titles + height + 2;
        // Legends stand below the maps that they are for; a narrow figure has them where there is room, or one below the other.
        var stacked = columns < 2 || (ownLegend && columns < count);
        var beside = !stacked && columns < count && count % columns != 0;
        var pictures = (rows * rowHeight) + ((rows - 1) * RowGap);
        var besideTop = pictures - height - 2;
        var body = beside ? Math.Max(pictures, besideTop + MapLegend.Height) : pictures + (MapLegend.Height * (ownLegend && stacked ? 2 : 1));
        var frame = new FigureFrame(explanation, style);
        var canvas = new FigureCanvas((columns * Side) + ((columns - 1) * Gap), frame.Around(body), style);
        frame.Draw(canvas);

        var target = Drawable(explanation.Target);
        var drawing = new PictureDrawing(canvas, image, options);
        var regions = ImmutableArray.CreateBuilder<FigureRegion>();
        var alt = MapAltText.Of(plane, image, style.Receipt);
        Panel(0, "Picture", Size(image, factor), drawing.Picture, Words.OneLine(image.Name) is { Length: > 0 } name ? $"Picture: {name}" : "Picture");
        Panel(1, plane.TwoSided ? $"For {target}" : $"Map for {target}", Facts(plane, image, style.Receipt), box => drawing.Map(plane, palette, box), alt);
        Panel(2, "On the picture", ShownWords(options, plane), box => drawing.Overlay(plane, palette, box), $"On the picture: {ShownWords(options, plane)}");
        if (second is not null)
        {
            var title = options.SecondTitle.Length > 0 ? Words.OneLine(options.SecondTitle) : TitleOf(second.Explanation, explanation);
            Panel(3, title, Facts(second, image, style.Receipt), box => drawing.Map(second, secondPalette, box), $"{title}. {MapAltText.Of(second, image, style.Receipt)}");
        }

        var below = frame.Top + (beside ? besideTop : pictures);
        HeatMapLegend.Draw(canvas, plane, palette, image, style.Receipt, stacked ? 0 : (beside ? count % columns : 1) * (Side + Gap), below, Side);
        if (ownLegend)
        {
            HeatMapLegend.Draw(
                canvas, second!, secondPalette, image, style.Receipt, stacked ? 0 : 3 * (Side + Gap), below + (stacked ? MapLegend.Height : 0), Side);
        }

        return new HeatMapDrawing(canvas, alt, regions.ToImmutable(), plane);

        void Panel(int number, string title, string facts, Action<SKRect> draw, string label)
        {
            var (left, top) = (number % columns * (Side + Gap), frame.Top + (number / columns * (rowHeight + RowGap)));
            canvas.Text(FigureCanvas.Fit(title, TextRole.Title, Side), left, top + 14, TextRole.Title, canvas.Theme.Strong);
            canvas.Text(FigureCanvas.Fit(facts, TextRole.Small, Side), left, top + 31, TextRole.Small, canvas.Theme.Ink2);
            var box = new SKRect((float)left + 1, (float)(top + Titles) + 1, (float)(left + 1 + width), (float)(top + Titles + 1 + height));
            draw(box);
            MapLegend.Frame(canvas, box.Left - 1, box.Top - 1, box.Right + 1, box.Bottom + 1, canvas.Theme.HighContrast ? canvas.Theme.Border : canvas.Theme.Grid);
            regions.Add(new FigureRegion(left, top + Titles, width + 2, height + 2, null, label));
        }
    }

    private static string Size(ImageContext image, double factor)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{image.Width} × {image.Height}");
        return factor >= 1 ? $"{size}, shown at {NumberText.Whole((long)factor)}×" : $"{size}, made smaller";
    }

    /// <summary>What a reader must know of a map beside its numbers: what it explains, and how it was made to fit.</summary>
    private static string Facts(MapPlane plane, ImageContext image, FigureContext context)
    {
        var explanation = plane.Explanation;
        var scale = Words.ScaleOf(explanation.Target, context);
        var word = scale switch { TargetScale.Probability => "probability", TargetScale.LogOdds => "log-odds", TargetScale.Logit => "logit", _ => "value" };
        var enlarged = plane.Width != image.Width || plane.Height != image.Height;
        string?[] facts =
        [
            enlarged ? string.Create(CultureInfo.InvariantCulture, $"enlarged from {plane.Height} × {plane.Width}") : null,
            explanation is { BaseValue: { } from, PredictedValue: { } to } ? $"{word} from {NumberText.Value(from, scale)} to {NumberText.Value(to, scale)}"
                : explanation.PredictedValue is { } value ? $"{word} {NumberText.Value(value, scale)}" : null,
            plane.Channels > 1 ? $"sum over {NumberText.Whole(plane.Channels)} channels" : null,
        ];
        return string.Join(", ", facts.Where(fact => fact is not null));
    }

    private static string ShownWords(HeatMapOptions options, MapPlane plane)
    {
        var share = options.Top < 1 ? $"strongest {NumberText.Fixed(100 * Math.Max(0, options.Top), options.Top < 0.01 ? 1 : 0)}{NumberText.ThinSpace}%" : "all of the map";
        return !plane.TwoSided ? share : options.Evidence switch
        {
            Evidence.For => $"{share}, only for",
            Evidence.Against => $"{share}, only against",
            _ => share,
        };
    }

    /// <summary>Another class by its name; another method for the same class by the method's.</summary>
    private static string TitleOf(Explanation second, Explanation first) =>
        $"For {Drawable(second.Target)}" + (second.Target.Index == first.Target.Index && second.Method != first.Method ? $", {second.Method.Replace('-', ' ')}" : "");

    private static string Drawable(Target target)
    {
        var name = Words.OneLine(target.Name);
        return Typography.CanDraw(name) ? name : $"class {NumberText.Whole(target.Index)}";
    }
}

/// <summary>A map's figure before it is encoded, for tests of its geometry.</summary>
internal sealed record HeatMapDrawing(FigureCanvas Canvas, string Alt, ImmutableArray<FigureRegion> Regions, MapPlane Plane) : IDisposable
{
    public void Dispose() => Canvas.Dispose();
}
