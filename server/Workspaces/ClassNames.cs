using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ExplainLsp.Workspaces;

/// <summary>What people call the classes of a model, from the first source that names as many as there are.</summary>
internal static class ClassNames
{
    /// <summary>The names in score order; empty for a regression. Sources with another count are passed over with a warning.</summary>
    public static ImmutableArray<string> Of(ManifestModel? entry, string modelPath, SessionOutput output, List<string> warnings)
    {
        if (output.Kind == OutputKind.Value)
            return [];
        var folder = Path.GetDirectoryName(modelPath)!;
        IEnumerable<(string Source, Func<ImmutableArray<string>> Names)> sources =
        [
            (Manifest.FileName, () => entry is null ? [] : [.. entry.ClassNames.Select(name => name.Value)]),
            ("config.json", () => FromConfig(Path.Combine(folder, "config.json"))),
            ("labels.txt", () => FromLabels(Path.Combine(folder, "labels.txt"))),
        ];
        foreach (var (source, read) in sources)
        {
            var names = read();
            if (names.Length == output.Width)
                return names;
            if (names.Length > 0)
                warnings.Add(WrongCount(source, names.Length, output.Width));
        }
        var own = output.ClassLabels;
        if (own.Length == output.Width && !own.All(IsNumber))
            return own;
        return [.. Enumerable.Range(0, output.Width).Select(i => $"class {(own.Length == output.Width ? own[i] : i.ToString(CultureInfo.InvariantCulture))}")];
    }

    /// <summary>The sentence for a list of names that is too long or too short.</summary>
    public static string WrongCount(string source, int names, int classes) =>
        $"{source} names {names} class{(names == 1 ? "" : "es")}, the model has {classes}. Name each class once, in the order of the scores.";

    /// <summary>
    /// The class that a text names: a class name, the model's own label, or an index where the model's labels are not numbers. Numbers
    /// are compared as numbers: <c>1.0</c> is <c>1</c>.
    /// </summary>
    public static int? IndexOf(string text, ImmutableArray<string> names, ImmutableArray<string> ownLabels)
    {
        text = text.Trim();
        if (text.Length == 0)
            return null;
        return Find(names, name => name == text)
            ?? Find(ownLabels, label => SameLabel(label, text))
            ?? Find(names, name => SameLabel(name, text))
            ?? Find(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? (ownLabels.IsEmpty || !ownLabels.All(IsNumber) ? Index(text, names.Length) : null);
    }

    /// <summary>The class whose name has the same letters and digits; null when there is none or more than one.</summary>
    public static int? IndexOfSimilar(string text, ImmutableArray<string> names) =>
        ColumnNames.Normalise(text) is { Length: > 0 } normal ? Find(names, name => name == text) ?? Find(names, name => ColumnNames.Normalise(name) == normal) : null;

    private static int? Find(ImmutableArray<string> names, Func<string, bool> fits)
    {
        var found = Enumerable.Range(0, names.Length).Where(i => fits(names[i])).Take(2).ToArray();
        return found is [var only] ? only : null;
    }

    private static bool SameLabel(string label, string text) =>
        label == text || (TryNumber(label, out var a) && TryNumber(text, out var b) && a == b);

    private static int? Index(string text, int count) =>
        TryNumber(text, out var number) && number == Math.Floor(number) && number >= 0 && number < count ? (int)number : null;

    private static bool IsNumber(string text) => TryNumber(text, out _);

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static ImmutableArray<string> FromLabels(string path)
    {
        try
        {
            return File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The <c>id2label</c> of a Hugging Face configuration; none when there is none or its ids have gaps.</summary>
    private static ImmutableArray<string> FromConfig(string path)
    {
        try
        {
            if (!File.Exists(path) || JToken.Parse(File.ReadAllText(path)) is not JObject { } config || config["id2label"] is not JObject labels)
                return [];
            var names = Enumerable.Range(0, labels.Count).Select(i => (string?)labels[i.ToString(CultureInfo.InvariantCulture)]).ToArray();
            return names.Contains(null) ? [] : [.. names.Select(name => name!)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return [];
        }
    }
}
