namespace ExplainLsp.Models.Reading;

/// <summary>The bytes of a model that was read before.</summary>
internal static class ModelBytes
{
    /// <summary>Reads them.</summary>
    /// <exception cref="ModelException">The file is gone.</exception>
    public static byte[] Of(ModelFile file)
    {
        try
        {
            return File.ReadAllBytes(file.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{file.DisplayName} can no longer be read. Check that it is still there.", exception);
        }
    }
}
