using ExplainLsp.Models;

namespace ExplainLsp.Server.CommandLine;

/// <summary>The model that an argument names: a file, or a folder that stands for its <c>model.onnx</c> or its only <c>.onnx</c> file.</summary>
internal static class ModelPath
{
    /// <summary>The model's path, as it is to be shown.</summary>
    /// <exception cref="ModelException">Nothing there, or several models to choose from.</exception>
    public static string Resolve(string argument)
    {
        if (File.Exists(argument))
        {
            return argument;
        }

        if (!Directory.Exists(argument))
        {
            throw new ModelException($"{argument} does not exist. Name an .onnx file, or a folder that holds one.");
        }

        var preferred = Path.Combine(argument, "model.onnx");
        if (File.Exists(preferred))
        {
            return preferred;
        }

        var models = Directory.GetFiles(argument, "*.onnx").Order(StringComparer.Ordinal).ToArray();
        return models switch
        {
            [var only] => only,
            [] => throw new ModelException($"The folder {argument} holds no .onnx file. Name a model."),
            _ => throw new ModelException(
                $"The folder {argument} holds {models.Length} models. Name one of: {string.Join(", ", models.Select(Path.GetFileName))}."),
        };
    }
}
