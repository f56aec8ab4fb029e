using SkiaSharp;

namespace ExplainLsp.Figures.Tests;

public class ThemeTests
{
    public static TheoryData<ThemeKind> Kinds => [.. Enum.GetValues<ThemeKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Default_Text_CanBeRead(ThemeKind kind)
    {
        var theme = Theme.Default(kind);
        foreach (var ground in Grounds(kind))
        {
            foreach (var text in (string[])[theme.Ink, theme.Ink2, theme.Strong]) AssertContrast(text, ground, theme.HighContrast ? 7 : 4.5);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Default_Marks_CanBeSeen(ThemeKind kind)
    {
        var theme = Theme.Default(kind);
        AssertContrast(theme.Neutral, theme.Ground, 3);
        AssertContrast(theme.Axis, theme.Ground, 3);
        AssertContrast(theme.Focus, theme.Ground, 3);
        foreach (var ground in Grounds(kind))
        {
            foreach (var mark in (string[])[theme.Towards, theme.Away]) AssertContrast(mark, ground, theme.HighContrast ? 7 : 3);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Default_Series_AreSeenAndTellApart(ThemeKind kind)
    {
        var theme = Theme.Default(kind);
        string[] series = [theme.Series1, theme.Series2, theme.Series3, theme.Series4];
        foreach (var one in series) AssertContrast(one, theme.Ground, 3);
        foreach (var one in series)
        {
            foreach (var other in series.Where(other => other != one)) Assert.True(Distance(one, other) >= 0.10, $"{one} and {other}");
        }
    }

    [Theory]
    [InlineData(ThemeKind.Dark, 7.3, 7.1)]
    [InlineData(ThemeKind.Light, 4.9, 5.2)]
    [InlineData(ThemeKind.HighContrastDark, 12.6, 12.3)]
    [InlineData(ThemeKind.HighContrastLight, 7.3, 8.0)]
    public void Default_Directions_HaveTheContrastThatWasChosen(ThemeKind kind, double towards, double away)
    {
        var theme = Theme.Default(kind);
        Assert.Equal(towards, Contrast(theme.Towards, theme.Ground), 0.06);
        Assert.Equal(away, Contrast(theme.Away, theme.Ground), 0.06);
        Assert.Equal(Lightness(theme.Towards), Lightness(theme.Away), 0.031);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FromTokens_Nothing_IsTheDefault(ThemeKind kind) =>
        Assert.Equal(Theme.Default(kind), Theme.FromTokens(kind, new Dictionary<string, string>()));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FromTokens_OwnGroundAndInk_MixesTheTable(ThemeKind kind)
    {
        var table = Theme.Default(kind);
        var theme = Theme.FromTokens(kind, new Dictionary<string, string> { ["ground"] = table.Ground, ["ink"] = table.Ink });

        AssertNear(table.Axis, theme.Axis);
        AssertNear(table.Neutral, theme.Neutral);
        AssertNear(table.Grid, theme.Grid);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#GGGGGG")]
    [InlineData("")]
    [InlineData("#+12345")]
    public void FromTokens_UnreadableColour_IsIgnored(string hex) =>
        Assert.Equal(Theme.Default(ThemeKind.Dark).Towards, Theme.FromTokens(ThemeKind.Dark, new Dictionary<string, string> { ["towards"] = hex }).Towards);

    [Theory]
    [InlineData("#abc", "#AABBCC")]
    [InlineData("#a1b2c3", "#A1B2C3")]
    [InlineData("#FFFFFF80", "#808080")]
    public void FromTokens_ReadableColour_IsTaken(string hex, string expected)
    {
        var tokens = new Dictionary<string, string> { ["ground"] = "#000000", ["towards"] = hex };
        AssertNear(expected, Theme.FromTokens(ThemeKind.HighContrastDark, tokens).Towards);
    }

    [Fact]
    public void FromTokens_FaintSecondaryText_BecomesInk()
    {
        var tokens = new Dictionary<string, string> { ["ground"] = "#FFFFFF", ["ink"] = "#333333", ["ink2"] = "#BBBBBB" };
        Assert.Equal("#333333", Theme.FromTokens(ThemeKind.Light, tokens).Ink2);
    }

    [Fact]
    public void FromTokens_UsersDirections_AreKept()
    {
        var tokens = new Dictionary<string, string> { ["ground"] = "#FFFFFF", ["towards"] = "#FFFF00", ["away"] = "#00FF00" };
        var theme = Theme.FromTokens(ThemeKind.Light, tokens);
        Assert.Equal(("#FFFF00", "#00FF00"), (theme.Towards, theme.Away));
    }

    [Theory]
    [InlineData(ThemeKind.Dark, "#002B36", "#839496")]
    [InlineData(ThemeKind.Dark, "#282A36", "#F8F8F2")]
    [InlineData(ThemeKind.Light, "#FDF6E3", "#657B83")]
    public void FromTokens_WellKnownThemes_KeepMarksVisible(ThemeKind kind, string ground, string ink)
    {
        var theme = Theme.FromTokens(kind, new Dictionary<string, string> { ["ground"] = ground, ["ink"] = ink });
        AssertContrast(theme.Neutral, ground, 3);
        AssertContrast(theme.Axis, ground, 3);
        AssertContrast(theme.Strong, ground, Contrast(ink, ground));
    }

    private static IEnumerable<string> Grounds(ThemeKind kind) => kind switch
    {
        ThemeKind.Dark => ["#1F1F1F", "#202020"],
        ThemeKind.Light => ["#FFFFFF", "#F8F8F8"],
        ThemeKind.HighContrastDark => ["#000000"],
        _ => ["#FFFFFF"],
    };

    internal static double Contrast(string a, string b) => Colour.Contrast(SKColor.Parse(a), SKColor.Parse(b));

    internal static double Lightness(string hex) => Colour.ToOkLab(SKColor.Parse(hex)).L;

    internal static double Distance(string a, string b)
    {
        var (one, other) = (Colour.ToOkLab(SKColor.Parse(a)), Colour.ToOkLab(SKColor.Parse(b)));
        return Math.Sqrt(Math.Pow(one.L - other.L, 2) + Math.Pow(one.A - other.A, 2) + Math.Pow(one.B - other.B, 2));
    }

    private static void AssertContrast(string mark, string ground, double least)
    {
        var contrast = Contrast(mark, ground);
        Assert.True(contrast >= least - 0.005, $"{mark} on {ground} has {contrast:F2}, needs {least}.");
    }

    private static void AssertNear(string expected, string actual)
    {
        var (one, other) = (SKColor.Parse(expected), SKColor.Parse(actual));
        Assert.True(Math.Abs(one.Red - other.Red) <= 1 && Math.Abs(one.Green - other.Green) <= 1 && Math.Abs(one.Blue - other.Blue) <= 1, $"{expected} {actual}");
    }
}
