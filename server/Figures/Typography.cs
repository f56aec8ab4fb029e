using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace ExplainLsp.Figures;

/// <summary>The four voices of text in figures.</summary>
internal enum TextRole
{
    /// <summary>Figure labels and numbers, 12 regular.</summary>
    Label,

    /// <summary>A result, 12 semi-bold.</summary>
    Result,

    /// <summary>Axes, legends, units and receipts, 11 regular.</summary>
    Small,

    /// <summary>A figure's title, 13 semi-bold.</summary>
    Title,
}

/// <summary>
/// IBM Plex Sans from this assembly, shaped with HarfBuzz. Its digits and signs have one width, so that columns of numbers align.
/// Scripts that it lacks are looked up on the machine, once a character.
/// </summary>
internal static class Typography
{
    private static readonly Lazy<Face> Regular = new(() => Face.Embedded("IBMPlexSans-Regular.ttf"));
    private static readonly Lazy<Face> SemiBold = new(() => Face.Embedded("IBMPlexSans-SemiBold.ttf"));
    private static readonly ConcurrentDictionary<(int Rune, bool Bold), Face?> Fallbacks = new();
    private static readonly ConcurrentDictionary<string, Face> System = new();

    /// <summary>Whether every character of a text can be drawn on this machine.</summary>
    public static bool CanDraw(string text) => text.EnumerateRunes().All(rune => FaceOf(rune, false) is not null);

    /// <summary>A text ready to draw, its width in CSS pixels known.</summary>
    public static ShapedText Shape(string text, TextRole role)
    {
        var bold = role is TextRole.Result or TextRole.Title;
        var size = role switch { TextRole.Small => 11f, TextRole.Title => 13f, _ => 12f };
        var runs = ImmutableArray.CreateBuilder<ShapedText.Run>();
        var width = 0f;
        foreach (var (face, part) in Split(text, bold))
        {
            var (glyphs, points, advance) = face.Shape(part, size);
            runs.Add(new ShapedText.Run(face, glyphs, points, width));
            width += advance;
        }

        return new ShapedText(runs.ToImmutable(), size, width);
    }

    /// <summary>The width of a text in CSS pixels.</summary>
    public static double Measure(string text, TextRole role) => Shape(text, role).Width;

    private static IEnumerable<(Face Face, string Text)> Split(string text, bool bold)
    {
        var plex = (bold ? SemiBold : Regular).Value;
        if (plex.Has(text))
        {
            if (text.Length > 0) yield return (plex, text);
            yield break;
        }

        // A grapheme is never split between fonts: its marks would lose their base.
        var elements = StringInfo.GetTextElementEnumerator(text);
        var (current, part) = (plex, new StringBuilder());
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            var face = plex.Has(element) ? plex : FaceOf(Rune.GetRuneAt(element, 0), bold) ?? plex;
            if (face != current && part.Length > 0)
            {
                yield return (current, part.ToString());
                part.Clear();
            }

            current = face;
            part.Append(element);
        }

        if (part.Length > 0) yield return (current, part.ToString());
    }

    private static Face? FaceOf(Rune rune, bool bold)
    {
        var plex = (bold ? SemiBold : Regular).Value;
        if (plex.Has(rune.ToString())) return plex;
        return Fallbacks.GetOrAdd((rune.Value, bold), static key =>
        {
            var style = key.Bold ? SKFontStyle.Bold : SKFontStyle.Normal;
            var match = SKFontManager.Default.MatchCharacter(null, style, null, key.Rune);
            return match is null ? null : System.GetOrAdd(match.FamilyName + key.Bold, _ => new Face(match));
        });
    }

    /// <summary>A typeface with its shaper. Shaping takes a lock: microseconds, and HarfBuzz fonts are not for several threads.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "A face lives as long as the process.")]
    internal sealed class Face(SKTypeface typeface)
    {
        private readonly SKShaper shaper = new(typeface);
        private readonly SKFont probe = new(typeface, 12);
        private readonly Lock gate = new();

        public static Face Embedded(string name)
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"The font {name} is missing from the program.");
            return new Face(SKTypeface.FromStream(stream) ?? throw new InvalidOperationException($"The font {name} cannot be read."));
        }

        public bool Has(string text) => probe.ContainsGlyphs(text);

        public SKFont Font(float size) => new(typeface, size)
        {
            Subpixel = true,
            Hinting = SKFontHinting.None,
            Edging = SKFontEdging.Antialias,
        };

        public (ushort[] Glyphs, SKPoint[] Points, float Width) Shape(string text, float size)
        {
            using var font = Font(size);
            lock (gate)
            {
                var shaped = shaper.Shape(text, font);
                return (Array.ConvertAll(shaped.Codepoints, glyph => (ushort)glyph), shaped.Points, shaped.Width);
            }
        }
    }
}

/// <summary>A shaped text: glyphs with places, in CSS pixels from the start of the baseline.</summary>
/// <param name="Runs">Parts of one typeface each.</param>
/// <param name="Size">Font size.</param>
/// <param name="Width">Advance width.</param>
internal sealed record ShapedText(ImmutableArray<ShapedText.Run> Runs, float Size, double Width)
{
    /// <summary>Draws it with the baseline starting at a point.</summary>
    public void Draw(SKCanvas canvas, double x, double baseline, SKPaint paint)
    {
        foreach (var run in Runs)
        {
            using var font = run.Face.Font(Size);
            using var builder = new SKTextBlobBuilder();
            builder.AddPositionedRun(run.Glyphs, font, run.Points);
            using var blob = builder.Build();
            if (blob is not null) canvas.DrawText(blob, (float)x + run.Offset, (float)baseline, paint);
        }
    }

    /// <summary>A part of one typeface.</summary>
    internal sealed record Run(Typography.Face Face, ushort[] Glyphs, SKPoint[] Points, float Offset);
}
