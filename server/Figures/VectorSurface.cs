using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>
/// An SVG 1.1 document with a transparent ground that refers to nothing outside itself. Text stays text: each carries the width that it
/// was laid out with, so that it keeps its place where the font is another.
/// </summary>
internal sealed class VectorSurface(int width, int height) : IFigureSurface
{
    private const string Fonts = "'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private readonly XElement definitions = new(Svg + "defs");
    private XElement layer = new(Svg + "g");
    private SKColor ground = SKColor.Empty;

    /// <summary>The colour of rings around discs.</summary>
    public required string Ground { init => ground = Colour.Parse(value); }

    public void Text(ShapedText shaped, string text, TextRole role, double x, double baseline, SKColor colour)
    {
        var mark = Mark("text", colour, "fill",
            ("x", Number(x)), ("y", Number(baseline)), ("font-size", Number(shaped.Size)), ("textLength", Number(shaped.Width)), ("lengthAdjust", "spacingAndGlyphs"));
        if (role is TextRole.Result or TextRole.Title) mark.SetAttributeValue("font-weight", "600");
        mark.SetAttributeValue(XNamespace.Xml + "space", "preserve");
        mark.Value = Legal(text);
    }

    public void Rectangle(SKRect box, SKColor colour) => Mark("rect", colour, "fill", Sides(box));

    public void Polygon(ReadOnlySpan<SKPoint> points, SKColor colour) => Mark("path", colour, "fill", ("d", Path(points) + "Z"));

    public void Polyline(ReadOnlySpan<SKPoint> points, SKColor colour, double width, float[]? dash)
    {
        var mark = Mark("path", colour, "stroke", ("d", Path(points)), ("fill", "none"), ("stroke-width", Number(width)), ("stroke-linejoin", "round"));
        if (dash is not null) mark.SetAttributeValue("stroke-dasharray", string.Join(' ', dash.Select(part => Number(part))));
    }

    public void Disc(SKPoint centre, double radius, double ring, SKColor colour)
    {
        // Twice the ring, because half of the line lies under the disc.
        var mark = Mark("circle", colour, "fill", ("cx", Number(centre.X)), ("cy", Number(centre.Y)), ("r", Number(radius)));
        if (ring > 0) mark.Add(Attributes([("stroke", Hex(ground)), ("stroke-width", Number(2 * ring)), ("paint-order", "stroke")]));
    }

    public void Circle(SKPoint centre, double radius, double width, SKColor colour) => Mark(
        "circle", colour, "stroke", ("cx", Number(centre.X)), ("cy", Number(centre.Y)), ("r", Number(radius)), ("fill", "none"), ("stroke-width", Number(width)));

    /// <summary>What was drawn so far gets a hole, so that the label is free on every ground.</summary>
    public void Clear(SKRect box)
    {
        var mask = Define("mask", ("maskUnits", "userSpaceOnUse"), ("x", "0"), ("y", "0"), ("width", Number(width)), ("height", Number(height)));
        mask.Add(new XElement(Svg + "rect", Attributes(Sides(new SKRect(0, 0, width, height))), new XAttribute("fill", "#FFFFFF")));
        mask.Add(new XElement(Svg + "rect", Attributes(Sides(box)), new XAttribute("fill", "#000000")));
        var holed = new XElement(Svg + "g", new XAttribute("mask", Reference(mask)), layer.Elements());
        layer.RemoveNodes();
        layer.Add(holed);
    }

    public void Clipped(ReadOnlySpan<SKPoint> polygon, Action draw)
    {
        var clip = Define("clipPath");
        clip.Add(new XElement(Svg + "path", new XAttribute("d", Path(polygon) + "Z")));
        var outer = layer;
        layer = new XElement(Svg + "g", new XAttribute("clip-path", Reference(clip)));
        draw();
        outer.Add(layer);
        layer = outer;
    }

    public void Pixels(ReadOnlySpan<byte> rgba, int width, SKRect target, bool smooth, double opacity)
    {
        var info = RasterSurface.PictureInfo(rgba, width);
        // Viewers differ in how they enlarge: sharp cells are enlarged here, twice as fine as the figure.
        var factor = smooth ? 1 : Math.Max(1, (int)Math.Ceiling(2 * target.Width / info.Width));
        using var bitmap = new SKBitmap(info.WithSize(info.Width * factor, info.Height * factor));
        using (var pixels = SKImage.FromPixelCopy(info, rgba))
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.DrawImage(pixels, new SKRect(0, 0, bitmap.Width, bitmap.Height), new SKSamplingOptions(SKFilterMode.Nearest));
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        layer.Add(new XElement(
            Svg + "image", Attributes([.. Sides(target), ("preserveAspectRatio", "none"), ("opacity", Number(opacity))]),
            new XAttribute(XLink + "href", "data:image/png;base64," + Convert.ToBase64String(png.AsSpan()))));
    }

    /// <summary>The document as UTF-8.</summary>
    /// <param name="alt">The figure in words, which becomes its title.</param>
    public byte[] Document(string alt)
    {
        var root = new XElement(
            Svg + "svg", new XAttribute(XNamespace.Xmlns + "xlink", XLink),
            Attributes([("version", "1.1"), ("width", Number(width)), ("height", Number(height)), ("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("font-family", Fonts), ("role", "img")]),
            new XElement(Svg + "title", Legal(alt)));
        if (definitions.HasElements) root.Add(definitions);
        root.Add(layer);
        using var file = new MemoryStream();
        using (var writer = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = false })) root.Save(writer);
        return file.ToArray();
    }

    public void Dispose()
    {
    }

    private XElement Mark(string name, SKColor colour, string paint, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var mark = new XElement(Svg + name, Attributes(attributes), new XAttribute(paint, Hex(colour)));
        if (colour.Alpha < 255) mark.SetAttributeValue(paint + "-opacity", Number(colour.Alpha / 255.0));
        layer.Add(mark);
        return mark;
    }

    private XElement Define(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{name}{definitions.Elements().Count() + 1}");
        var definition = new XElement(Svg + name, new XAttribute("id", id), Attributes(attributes));
        definitions.Add(definition);
        return definition;
    }

    private static string Reference(XElement definition) => $"url(#{definition.Attribute("id")!.Value})";

    private static ImmutableArray<XAttribute> Attributes(ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var all = ImmutableArray.CreateBuilder<XAttribute>(attributes.Length);
        foreach (var (name, value) in attributes) all.Add(new XAttribute(name, value));
        return all.MoveToImmutable();
    }

    private static (string, string)[] Sides(SKRect box) =>
        [("x", Number(box.Left)), ("y", Number(box.Top)), ("width", Number(box.Width)), ("height", Number(box.Height))];

    private static string Path(ReadOnlySpan<SKPoint> points)
    {
        var path = new StringBuilder();
        var open = false;
        foreach (var point in points)
        {
            var finite = float.IsFinite(point.X) && float.IsFinite(point.Y);
            if (finite) path.Append(open ? 'L' : 'M').Append(Number(point.X)).Append(' ').Append(Number(point.Y));
            open = finite;
        }

        return path.ToString();
    }

    private static string Hex(SKColor colour) => Colour.Hex(colour);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Without what XML cannot hold.</summary>
    private static string Legal(string text) => string.Concat(text.EnumerateRunes()
        .Where(rune => rune.Value is 9 or 10 or 13 or >= 0x20 and not 0xFFFE and not 0xFFFF).Select(rune => rune.ToString()));
}
