namespace ExplainLsp.Samples;

/// <summary>How a picture is resized; the numbers are Pillow's and those of <c>resample</c> in preprocessor_config.json.</summary>
public enum ResampleFilter
{
    /// <summary>The nearest pixel.</summary>
    Nearest = 0,

    /// <summary>Windowed sinc over three pixels each side.</summary>
    Lanczos = 1,

    /// <summary>Triangle.</summary>
    Bilinear = 2,

    /// <summary>Cubic with a = −0.5.</summary>
    Bicubic = 3,

    /// <summary>The mean of the pixels covered.</summary>
    Box = 4,

    /// <summary>Sinc in a Hamming window of one pixel each side.</summary>
    Hamming = 5,
}
