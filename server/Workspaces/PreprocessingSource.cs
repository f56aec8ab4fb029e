using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces;

/// <summary>How pictures become a model's input: what <c>explain.json</c> says, else the model's <c>preprocessor_config.json</c>, else the input's shape.</summary>
/// <param name="entry">What the manifest says of the model; null for nothing.</param>
/// <param name="modelPath">The model's full path.</param>
internal sealed class PreprocessingSource(ManifestModel? entry, string modelPath)
{
    /// <summary>The name of Hugging Face's file.</summary>
    public const string HuggingFaceName = "preprocessor_config.json";

    /// <summary>The preprocessing, or why there is none.</summary>
    public (ImagePreprocessing? Preprocessing, string? Problem) Find(InputSpec input)
    {
        try
        {
            return (Read(input), null);
        }
        catch (SampleException e)
        {
            return (null, e.Message);
        }
    }

    /// <exception cref="SampleException">What is written cannot be read, or no picture fits into the input.</exception>
    private ImagePreprocessing Read(InputSpec input)
    {
        var beside = Path.Combine(Path.GetDirectoryName(modelPath)!, HuggingFaceName);
        if (entry?.Preprocessing is { } written)
            return written.Over(Base(beside, input), input);
        return File.Exists(beside) ? ImagePreprocessing.ReadHuggingFace(beside, input) : ImagePreprocessing.Guess(input);
    }

    /// <summary>What the manifest leaves out: as the file beside the model has it, else as the input's shape says.</summary>
    private static ImagePreprocessing Base(string beside, InputSpec input) =>
        File.Exists(beside) ? ImagePreprocessing.ReadHuggingFace(beside, input) : ImagePreprocessing.Guess(input);
}
