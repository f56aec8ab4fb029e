using System.Collections.Immutable;
using System.CommandLine;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The options of verbs that explain: what, on which scale, against what, by which method.</summary>
internal sealed class QuestionOptions
{
    private readonly Option<string?> _method = new("--method") { Description = "The method's id; left out, one that fits", HelpName = "ID" };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "A class's index or name, or 'predicted'",
        HelpName = "INDEX|NAME|predicted",
    };

    private readonly Option<string?> _space = new("--space") { Description = "The scale: raw or probability", HelpName = "raw|probability" };

    private readonly Option<string?> _output = new("--output") { Description = "The model's output to explain", HelpName = "NAME" };

    private readonly Option<string?> _background = new("--background")
    {
        Description = "The file whose rows stand in for absent columns; an image, .npy, list or folder to compare an image with",
        HelpName = "FILE",
    };

    private readonly Option<string?> _backgroundRows = new("--background-rows")
    {
        Description = "Rows of the background: 3, 0-9, 0-9,20 or all",
        HelpName = "ROWS",
    };

    private readonly Option<string[]> _option = new("--option") { Description = "An option of the method; may be repeated", HelpName = "KEY=VALUE" };

    private readonly Option<long> _seed = new("--seed") { Description = "The seed of everything random", HelpName = "N" };

    /// <summary>Adds the options to a verb.</summary>
    public QuestionOptions(Command verb)
    {
        foreach (Option option in new Option[] { _method, _target, _space, _output, _background, _backgroundRows, _option, _seed })
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>The question with what was given.</summary>
    /// <exception cref="UsageException">An option without a value.</exception>
    public ExplanationQuery Read(ParseResult command, ExplanationQuery query) => query with
    {
        Method = command.GetValue(_method),
        Target = command.GetValue(_target),
        Space = command.GetValue(_space),
        Output = command.GetValue(_output),
        BackgroundPath = command.GetValue(_background),
        BackgroundRows = command.GetValue(_backgroundRows),
        Options = OptionsOf(command.GetValue(_option) ?? []),
        Seed = command.GetValue(_seed),
    };

    private static ImmutableSortedDictionary<string, string> OptionsOf(string[] pairs)
    {
        var options = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new UsageException($"--option {pair} has no value. Write it as KEY=VALUE, as in --option evaluations=2048.");
            }

            if (!options.TryAdd(pair[..equals], pair[(equals + 1)..]))
            {
                throw new UsageException($"--option {pair[..equals]} is given twice. Give it once.");
            }
        }

        return options.ToImmutable();
    }
}
