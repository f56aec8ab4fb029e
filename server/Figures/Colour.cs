using System.Globalization;
using SkiaSharp;

namespace ExplainLsp.Figures;

/// <summary>Colour arithmetic: hex, mixes in sRGB, OKLab (Ottosson 2020) and contrast (WCAG 2.2).</summary>
internal static class Colour
{
    /// <summary>Reads <c>#RGB</c>, <c>#RRGGBB</c> or <c>#RRGGBBAA</c>; alpha is blended onto the ground. False for anything else.</summary>
    public static bool TryParse(string? text, SKColor ground, out SKColor colour)
    {
        colour = default;
        var hex = (text ?? "").Trim();
        if (hex.Length is not (4 or 7 or 9) || hex[0] != '#') return false;
        if (hex.Length == 4) hex = $"#{hex[1]}{hex[1]}{hex[2]}{hex[2]}{hex[3]}{hex[3]}";
        if (!uint.TryParse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)) return false;

        var alpha = hex.Length == 9 ? bits & 0xFF : 0xFF;
        if (hex.Length == 9) bits >>= 8;
        var solid = new SKColor((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
        colour = alpha == 0xFF ? solid : Mix(ground, solid, alpha / 255.0);
        return true;
    }

    /// <summary>A colour that a <see cref="Theme"/> holds.</summary>
    public static SKColor Parse(string hex) =>
        TryParse(hex, SKColors.Black, out var colour) ? colour : throw new FormatException($"'{hex}' is not a colour.");

    public static string Hex(SKColor colour) =>
        string.Create(CultureInfo.InvariantCulture, $"#{colour.Red:X2}{colour.Green:X2}{colour.Blue:X2}");

    /// <summary>The share of the way from one colour to another, linear in sRGB.</summary>
    public static SKColor Mix(SKColor from, SKColor to, double share)
    {
        return new SKColor(Channel(from.Red, to.Red), Channel(from.Green, to.Green), Channel(from.Blue, to.Blue));

        byte Channel(byte a, byte b) => (byte)Math.Clamp(Math.Round(a + ((b - a) * share), MidpointRounding.AwayFromZero), 0, 255);
    }

    /// <summary>Contrast of two solid colours, 1 to 21.</summary>
    public static double Contrast(SKColor a, SKColor b)
    {
        var (high, low) = (Luminance(a), Luminance(b));
        if (high < low) (high, low) = (low, high);
        return (high + 0.05) / (low + 0.05);
    }

    public static (double L, double A, double B) ToOkLab(SKColor colour)
    {
        double r = Linear(colour.Red), g = Linear(colour.Green), b = Linear(colour.Blue);
        var l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        var m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        var s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return ((0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    public static SKColor FromOkLab(double lightness, double a, double b)
    {
        var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        var s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return new SKColor(
            Gamma((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Gamma((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Gamma((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    private static double Luminance(SKColor colour) =>
        (0.2126 * Linear(colour.Red)) + (0.7152 * Linear(colour.Green)) + (0.0722 * Linear(colour.Blue));

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }

    private static byte Gamma(double linear)
    {
        var c = Math.Clamp(linear, 0, 1);
        c = c <= 0.0031308 ? c * 12.92 : (1.055 * Math.Pow(c, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(c * 255);
    }
}
